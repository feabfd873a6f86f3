import type {JobSpec, PipelineErrorSpec, PipelineSpec, WorkflowSpec} from '../scenario.ts'
import type {User} from './user.ts'

/** A value of a pipeline parameter. */
export type ParameterValue = string | number | boolean

/** What a pipeline builds: one of the two, or neither for a project without refs. */
export interface Ref {
  readonly branch?: string
  readonly tag?: string
}

/** What is known of a pipeline for good; its state follows from it and the time. */
export interface PipelineRecord {
  readonly id: string
  readonly number: number
  readonly spec: PipelineSpec
  readonly createdAt: number
  /** `api`, `webhook`, `scheduled_pipeline`, `explicit`, … */
  readonly trigger: string
  readonly actor: User
  readonly ref: Ref
  readonly revision: string
  /** The parameters sent with the trigger. */
  readonly parameters: Readonly<Record<string, ParameterValue>>
  readonly definitionId?: string
  /** What `/values` tells otherwise than usual. */
  readonly values?: Readonly<Record<string, unknown>>
  /** Fields of its object that are otherwise than usual; undefined leaves one out. */
  readonly fields?: Readonly<Record<string, unknown>>
  readonly errors: readonly PipelineErrorSpec[]
  readonly continuationKey: string
  /** When a request continued it out of its setup phase. */
  continuedAt?: number
  /** When a newer pipeline on the same ref cancels its workflows. */
  supersededAt?: number
  /** How many of `spec.followedBy` have been started. */
  followers: number
  readonly workflows: WorkflowRecord[]
}

/** One run of a workflow. */
export interface WorkflowRecord {
  readonly id: string
  readonly spec: WorkflowSpec
  readonly pipeline: PipelineRecord
  readonly setup: boolean
  readonly createdAt: number
  readonly startedBy: User
  /** 1 for the first run of this name. */
  readonly attempt: number
  /** How many automatic reruns led to it; manual reruns are not counted and get none. */
  readonly autoRerunNumber: number
  readonly manualRerun: boolean
  readonly jobs: readonly JobRecord[]
  /** When a cancel takes effect. */
  canceledAt?: number
  canceledBy?: string
  /** A status a test has put on it, and since when, whatever the jobs say. */
  forced?: {readonly status: string; readonly since: number}
}

/** One run of a job; a rerun from failed shares the jobs that succeeded with the run before. */
export interface JobRecord {
  readonly id: string
  readonly number: number
  /** The job as it is on this attempt. */
  readonly spec: JobSpec
  /** The workflow it ran in first. */
  workflow: WorkflowRecord
  approvedAt?: number
  approvedBy?: string
  canceledAt?: number
  canceledBy?: string
}

import type {Simulator} from '../../simulator/index.ts'

/** One thing a client was asked to do, and what came of it. */
export interface Check {
  /** What was asked, in the client's own words: a tool, a command. */
  readonly asked: string
  readonly works: boolean
  /** The first lines of what the client said. */
  readonly said: string
}

/** A program somebody else wrote for CircleCI's API. */
export interface RealClient {
  /** Its package with its version. */
  readonly name: string
  /**
   * Fetches it, lets it do what it can with a simulator in which a failed pipeline of `main` is over, and stops it.
   * @throws Error when it cannot be fetched or started
   */
  readonly use: (simulator: Simulator) => Promise<Check[]>
}

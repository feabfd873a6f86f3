import {randomUUID} from 'node:crypto'

import * as core from '@actions/core'

import {CircleCI} from './circleci/client.ts'
import {createTransport, type Timeouts, type Transport} from './circleci/transport.ts'
import {systemClock, systemRandom, type Clock} from './base/clock.ts'
import {rawToken} from './runner/input-values.ts'
import {Mask} from './base/mask.ts'
import {createLog, type ActionsLog} from './report/log.ts'
import {USER_AGENT} from './base/version.ts'
import type {Environment} from './runner/context.ts'

/** The log on standard output. */
export function openLog(mask: Mask): ActionsLog {
  return createLog({
    mask,
    write: text => {
      process.stdout.write(text)
    },
    random: randomUUID
  })
}

/**
 * Has the runner mask CircleCI's token before anything else is printed: as given, without its surrounding white space, and
 * each of its lines, because the runner masks within lines. Lines too short to be a secret are left, or half the log
 * would be stars. Returns the mask of both tokens for where the runner does not mask; GitHub's it knows by itself.
 */
export function maskTokens(env: Environment): Mask {
  const circleci = spellingsOf(rawToken(core.getInput('token', {trimWhitespace: false}), env))
  for (const secret of circleci) core.setSecret(secret)
  return new Mask([...circleci, ...spellingsOf(core.getInput('github-token'))])
}

/** What a token is to be masked as: as it was given, trimmed, and each of its lines. */
export function spellingsOf(raw = ''): readonly string[] {
  if (raw.trim() === '') return []
  const lines = raw
    .split(/\r?\n|\r/)
    .map(line => line.trim())
    .filter(line => line.length > 3)
  return [...new Set([raw, raw.trim(), ...lines])]
}

/** What a step takes from the machine it runs on; tests drive it. */
export interface World {
  readonly clock: Clock
  readonly random: () => number
  /** The transport's own by default. */
  readonly timeouts?: Timeouts
}

/** The machine's own. */
export const MACHINE: World = {clock: systemClock, random: systemRandom}

/** The client of one host, and the transport to close at the end. */
export function connect(
  host: string,
  token: string,
  log: ActionsLog,
  {clock, random, timeouts}: World = MACHINE
): {circleci: CircleCI; transport: Transport} {
  const transport = createTransport(USER_AGENT, timeouts)
  const circleci = new CircleCI({host, token, transport, clock, random, log})
  return {circleci, transport}
}

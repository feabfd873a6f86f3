import {StringDecoder} from 'node:string_decoder'

/** Cuts a stream of bytes into lines. */
export interface LineSplitter {
  write(chunk: Buffer): void
  /** Hands over what is left when the stream ends without a line break. */
  end(): void
}

/**
 * Makes a `LineSplitter` that calls `onLine` for each line. A lone carriage return ends a line too, since .NET's
 * `StreamReader.ReadLine` (actions/runner `ProcessInvoker.cs`) does so: a `\r` smuggled into printed text starts a new
 * line for the runner.
 */
export function lineSplitter(onLine: (line: string) => void): LineSplitter {
  const decoder = new StringDecoder('utf8')
  let rest = ''
  return {
    write: chunk => {
      rest += decoder.write(chunk)
      // A `\r` at the very end may be the first half of `\r\n`: it waits for what follows.
      for (let match = BREAK.exec(rest); match !== null; match = BREAK.exec(rest)) {
        onLine(rest.slice(0, match.index))
        rest = rest.slice(match.index + match[0].length)
      }
    },
    end: () => {
      rest += decoder.end()
      if (rest !== '') onLine(rest.replace(/\r$/, ''))
      rest = ''
    }
  }
}

const BREAK = /\r\n|\n|\r(?!$)/

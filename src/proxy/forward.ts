import type { IncomingMessage, ServerResponse } from 'node:http'
import { Transform } from 'node:stream'
import type { Dispatcher } from 'undici'
import { SidecarError } from '../errors.ts'
import { downstreamHeaders } from './headers.ts'
import { upstreamError } from './upstream.ts'

export interface ForwardOptions {
  readonly upstream: Dispatcher
  readonly origin: string
  readonly request: IncomingMessage
  readonly response: ServerResponse
  /** Flat list of names and values, final. */
  readonly headers: string[]
  /** Milliseconds without progress, until Graph's response headers. */
  readonly responseTimeout: number
  /** Just before the status goes out to the app: the last moment at which a failure can still be answered. */
  readonly onHeaders: (
    status: number,
    headers: Readonly<Record<string, string | string[] | undefined>>,
  ) => void
  /** Whether the app's connection should end with this answer. */
  readonly isLast: () => boolean
}

/**
 * Sends the request as it came to Graph and streams the answer back, both with back-pressure: no body is ever held.
 * Resolves when the answer has gone out, was cut (Graph failed half-way: the app sees a broken connection, never a
 * complete-looking half), or the app went away. Rejects with a SidecarError while there is still nothing sent.
 */
export function forward(options: ForwardOptions): Promise<void> {
  const { upstream, origin, request, response } = options
  return new Promise((resolve, reject) => {
    let controller: Dispatcher.DispatchController | undefined
    let reason: SidecarError | undefined
    const stop = (error: SidecarError) => {
      reason = error
      // undici runs the handler's onResponseError; before a connection is had, onRequestStart looks at `reason`
      controller?.abort(error)
      if (controller === undefined) reject(error)
    }

    const timer = setTimeout(() => {
      stop(tooSlow(request, body))
    }, options.responseTimeout)
    const body = hasBody(request) ? stream(request, timer) : undefined
    if (body !== undefined && request.headers.expect !== undefined) response.writeContinue()

    const onClose = () => {
      clearTimeout(timer)
      if (response.writableFinished) return
      resolve()
      stop(new SidecarError('internal', 'the app went away'))
    }
    response.once('close', onClose)

    const handler: Dispatcher.DispatchHandler = {
      onRequestStart: (started) => {
        controller = started
        if (reason !== undefined) started.abort(reason)
      },
      onResponseStart: (started, status, headers, statusMessage) => {
        if (status < 200) return // 100 and 103 are Graph's word to us
        clearTimeout(timer)
        options.onHeaders(status, headers)
        const list = downstreamHeaders((started as unknown as RawController).rawHeaders)
        if (options.isLast()) list.push('connection', 'close')
        response.writeHead(status, statusMessage ?? '', list)
        if (headers['content-length'] === undefined) response.flushHeaders()
        response.on('drain', () => {
          started.resume()
        })
      },
      onResponseData: (started, chunk) => {
        if (!response.write(chunk)) started.pause()
      },
      onResponseEnd: () => {
        response.end()
        drain(request, body)
        resolve()
      },
      onResponseError: (_controller, error) => {
        clearTimeout(timer)
        drain(request, body)
        if (response.headersSent) {
          response.destroy()
          resolve()
        } else {
          response.off('close', onClose)
          reject(reason ?? upstreamError(error))
        }
      },
    }

    try {
      upstream.dispatch(
        {
          origin,
          path: request.url ?? '',
          method: request.method ?? '',
          headers: options.headers,
          body: body ?? null,
        },
        handler,
      )
    } catch (error) {
      clearTimeout(timer)
      reject(upstreamError(error))
    }
  })
}

/** undici's controller has it, its types do not yet: the header list as it came, in order and spelling. */
interface RawController {
  readonly rawHeaders: readonly Buffer[]
}

/** RFC 9112, section 6.3: a request has a body where one of these says so, whatever the method. */
function hasBody({ headers }: IncomingMessage): boolean {
  if (headers['transfer-encoding'] !== undefined) return true
  return headers['content-length'] !== undefined && headers['content-length'] !== '0'
}

/**
 * The body in a stream of its own: undici destroys the stream it was given when Graph fails, and with the request
 * itself that would cut the connection on which the app still waits for its answer.
 */
function stream(request: IncomingMessage, timer: NodeJS.Timeout): Transform {
  return request.pipe(
    new Transform({
      transform: (chunk: Buffer, _encoding, done) => {
        timer.refresh()
        done(null, chunk)
      },
      flush: (done) => {
        timer.refresh()
        done()
      },
    }),
  )
}

/** What is left of a body that nobody wants is read and thrown away: the app must be able to read its answer. */
function drain(request: IncomingMessage, body: Transform | undefined): void {
  if (body === undefined || request.complete) return
  request.unpipe(body)
  request.resume()
}

function tooSlow(request: IncomingMessage, body: Transform | undefined): SidecarError {
  if (body !== undefined && !request.complete && body.readableLength === 0) {
    return new SidecarError('requestTimeout', 'the request body stopped half-way')
  }
  return new SidecarError('upstreamTimeout', 'Graph did not answer in time')
}

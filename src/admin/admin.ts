import type { IncomingMessage, ServerResponse } from 'node:http'
import Fastify from 'fastify'
import type { FastifyReply } from 'fastify'
import type { Health, HealthAnswer } from './health.ts'
import type { Metrics } from './metrics.ts'

export interface AdminOptions {
  readonly health: Health
  readonly metrics: Metrics
}

/** The request listener of the operator's side: probes and metrics, on a port of their own. Dials nothing. */
export async function createAdmin({
  health,
  metrics,
}: AdminOptions): Promise<(request: IncomingMessage, response: ServerResponse) => void> {
  const app = Fastify({ logger: false, exposeHeadRoutes: false })
  app.get('/livez', (_request, reply) => send(reply, health.live()))
  app.get('/startupz', (_request, reply) => send(reply, health.started()))
  app.get<{ Querystring: Record<string, string | string[] | undefined> }>('/readyz', (request, reply) => {
    const { identity, verbose } = request.query
    return send(
      reply,
      health.ready({ ...(typeof identity === 'string' && { identity }), verbose: verbose !== undefined }),
    )
  })
  app.get('/metrics', async (_request, reply) => reply.type(metrics.contentType).send(await metrics.text()))
  app.setNotFoundHandler((request, reply) =>
    reply
      .code(request.method === 'GET' ? 404 : 405)
      .type('text/plain; charset=utf-8')
      .send('GET /livez, /startupz, /readyz or /metrics\n'),
  )
  await app.ready()
  return (request, response) => {
    app.routing(request, response)
  }
}

function send(reply: FastifyReply, { status, body }: HealthAnswer): FastifyReply {
  return reply.code(status).type('text/plain; charset=utf-8').header('cache-control', 'no-store').send(body)
}

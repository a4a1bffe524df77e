import { createAdmin } from '../admin/admin.ts'
import { createHealth } from '../admin/health.ts'
import { attemptLogger, createLogger, requestLogger } from '../admin/log.ts'
import { createMetrics } from '../admin/metrics.ts'
import type { Metrics } from '../admin/metrics.ts'
import { listen } from '../listen.ts'
import { createProxy } from '../proxy/proxy.ts'
import { createUpstream } from '../proxy/upstream.ts'
import { createSecrets } from '../secrets/secrets.ts'
import { createTokenFetch } from '../tokens/http.ts'
import { version } from '../version.ts'
import { createIdentities, loadAll, openCloud } from './assemble.ts'
import { sandboxBanner } from './banner.ts'
import type { Command } from './command.ts'
import { stopGracefully } from './stop.ts'

export const start: Command = {
  summary: 'run the sidecar (the default)',
  help: 'Runs until SIGTERM or SIGINT, then finishes what is in flight. A second signal ends it at once.',
  async run({ configFile, io }) {
    const { config, policy } = await loadAll(configFile, io.env)
    const stopped = io.untilStopped()
    const log = createLogger(config.log.level, io.stdout)
    const closers: (() => unknown)[] = []
    try {
      const cloud = await openCloud(config)
      closers.push(() => cloud.close())
      const upstream = createUpstream({
        origin: cloud.graph,
        connections: config.limits.inFlight,
        timeouts: config.timeouts,
      })
      closers.push(() => upstream.destroy())
      const tokenHttp = createTokenFetch({ connectTimeout: config.timeouts.connect })
      closers.push(() => tokenHttp.close())

      // the parts report to the metrics, and the metrics look at the parts: one of them has to come later
      const reports: { metrics?: Metrics } = {}
      const logAttempt = attemptLogger(log)
      const identities = createIdentities({
        config,
        names: policy.identities,
        cloud,
        secrets: createSecrets({
          env: io.env,
          onRead: (source, outcome) => reports.metrics?.secretRead(source, outcome),
        }),
        fetch: tokenHttp.fetch,
        onAttempt: (attempt) => {
          reports.metrics?.attempt(attempt)
          logAttempt(attempt)
        },
      })
      for (const identity of identities.values()) {
        closers.push(() => {
          identity.stop()
        })
      }
      const logRequest = requestLogger(log, config.log.requests)
      const proxy = await createProxy({
        config,
        graph: cloud.graph,
        upstream,
        policy,
        identities,
        observe: (exchange) => {
          reports.metrics?.request(exchange)
          logRequest(exchange)
        },
      })
      const metrics = createMetrics({ version, identities, inFlight: () => proxy.inFlight() })
      reports.metrics = metrics
      let stopping = false
      const health = createHealth({ identities, isStopping: () => stopping })

      const listener = await listen({
        address: config.listen,
        onRequest: proxy.onRequest,
        onClientError: proxy.onClientError,
        maxHeaderSize: config.limits.headers,
      })
      closers.push(() => {
        listener.destroy()
      })
      const adminListener = await listen({
        address: config.admin,
        onRequest: await createAdmin({ health, metrics }),
        onClientError: (_error, socket) => socket.destroy(),
      })
      closers.push(() => {
        adminListener.destroy()
        return adminListener.close()
      })

      for (const { position, message, hint } of policy.warnings) log.warn({ ...position, hint }, message)
      for (const identity of identities.values()) identity.start()
      log.info(
        {
          version,
          config: config.file,
          listen: listener.addresses,
          admin: adminListener.addresses,
          cloud: config.cloud.name,
          graph: cloud.graph,
        },
        'listening',
      )
      if (config.cloud.name === 'sandbox') io.stdout.write(sandboxBanner({ config, listener, adminListener }))

      const signal = await stopped
      stopping = true
      log.info({ signal }, 'stopping')
      const drained = await stopGracefully({ proxy, listener, timeouts: config.timeouts })
      if (drained) log.info('stopped')
      else log.warn({ inFlight: proxy.inFlight() }, 'stopped with requests in flight: timeouts.drain ran out')
      return 0
    } finally {
      for (const close of closers.reverse()) await close()
    }
  },
}

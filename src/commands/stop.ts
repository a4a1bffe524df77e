import type { Config } from '../config/config.ts'
import type { Listener } from '../listen.ts'
import type { Proxy } from '../proxy/proxy.ts'

export interface StopOptions {
  readonly proxy: Pick<Proxy, 'setPhase' | 'idle'>
  readonly listener: Listener
  readonly timeouts: Pick<Config['timeouts'], 'linger' | 'drain'>
}

/**
 * The way down: serve on for `linger`, so that whoever balances load can notice; take no more connections; finish
 * what is in flight within `drain`. Answers whether all of it was finished.
 */
export async function stopGracefully({ proxy, listener, timeouts }: StopOptions): Promise<boolean> {
  if (timeouts.linger > 0) {
    proxy.setPhase('lingering')
    await after(timeouts.linger)
  }
  proxy.setPhase('draining')
  const closed = listener.close()
  const drained = await Promise.race([proxy.idle().then(() => true), after(timeouts.drain).then(() => false)])
  listener.destroy()
  await closed
  return drained
}

function after(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, milliseconds).unref()
  })
}

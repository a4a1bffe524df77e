import { BlockList, isIP } from 'node:net'

/**
 * Whether a host never leads off this machine: `localhost`, 127.0.0.0/8 or ::1, IPv6 with or without brackets.
 * Any other name may resolve to anything, so it counts as outside.
 */
export function isLoopback(host: string): boolean {
  const bare = host.replace(/^\[(.*)\]$/, '$1')
  const version = isIP(bare)
  if (version === 0) return bare.toLowerCase() === 'localhost'
  const loopback = new BlockList()
  loopback.addSubnet('127.0.0.0', 8)
  loopback.addAddress('::1', 'ipv6')
  return loopback.check(bare, version === 4 ? 'ipv4' : 'ipv6')
}

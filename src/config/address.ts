import { isIPv4, isIPv6 } from 'node:net'
import type { Address } from './config.ts'
import type { Parsed } from './parsed.ts'

export const addressPattern = /^(\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?):([0-9]{1,5})$/

export const notAnAddress = 'must be HOST:PORT'
const examples = 'such as localhost:8080, 127.0.0.1:0 or "[::1]:8080"'

/** `HOST:PORT`, where HOST is a name, an IPv4 address or an IPv6 address in brackets. */
export function parseAddress(text: string): Parsed<Address> {
  const match = addressPattern.exec(text)
  if (match === null) return { fault: `${notAnAddress}\n${hint(text)}` }
  const host = (match[1] ?? '').replace(/^\[(.*)\]$/, '$1')
  const port = Number(match[3])
  if (host.includes(':') ? !isIPv6(host) : /^[\d.]+$/.test(host) && !isIPv4(host)) {
    return { fault: 'must have a real IP address before the port' }
  }
  return port > 65_535 ? { fault: 'must have a port from 0 to 65535' } : { value: { host, port } }
}

function hint(text: string): string {
  if (text.startsWith('unix:'))
    return `unix sockets are not in this version yet; write HOST:PORT, ${examples}`
  if (/^:?\d+$/.test(text)) return 'a host is missing: write localhost:8080'
  if (isIPv6(text) || /^[0-9a-f:]*::[0-9a-f:]*$/i.test(text)) {
    return 'an IPv6 address goes in brackets, in quotes: "[::1]:8080"'
  }
  return /^[A-Za-z0-9._-]+$/.test(text) ? 'a port is missing: write localhost:8080' : examples
}

/** Whether both cannot listen at once on one machine. Port 0 takes a free port, so it never clashes. */
export function clash(a: Address, b: Address): boolean {
  if (a.port === 0 || a.port !== b.port) return false
  const [some, others] = [interfaces(a.host), interfaces(b.host)]
  return some.some((one) => one === 'any' || others.includes('any') || others.includes(one))
}

function interfaces(host: string): string[] {
  if (host === '0.0.0.0' || host === '::') return ['any']
  return host.toLowerCase() === 'localhost' ? ['127.0.0.1', '::1'] : [host.toLowerCase()]
}

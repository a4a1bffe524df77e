import { networkFailure } from '../network-failure.ts'
import type { FailureKind } from '../network-failure.ts'
import type { Classification } from './classify.ts'

type Words = readonly [meaning: string, remedy: string]

const between = 'check what stands between: a proxy or a firewall'
const slow: Words = ['Entra did not answer in time', 'check egress rules and the network']
const garbled: Words = ["Entra's answer is not valid HTTP", between]

const words: Readonly<Record<FailureKind, Words>> = {
  refused: ['the connection to Entra was refused', 'check the address and egress rules'],
  unresolved: ["Entra's host name cannot be resolved", 'check DNS and egress rules'],
  unroutable: ['there is no route to Entra', 'check egress rules'],
  cut: ['the connection to Entra was cut', between],
  connectTimeout: slow,
  answerTimeout: slow,
  certificate: [
    "Entra's certificate is not trusted",
    'behind a TLS inspecting proxy, set NODE_EXTRA_CA_CERTS to its CA',
  ],
  tls: ['no TLS connection to Entra', between],
  headersTooLarge: garbled,
  notHttp: garbled,
  other: ['the request to Entra failed', 'check the network'],
}

/** A request that brought no answer: transient, whatever it was. */
export function classifyFailure(error: unknown): Classification {
  const { kind, code } = networkFailure(error)
  const [meaning, remedy] = words[kind]
  return { class: 'R', code, meaning, remedy }
}

import t from 'tap'
import { parseDuration, parseSize } from '../../src/config/units.ts'

const within = { min: '1B', max: '1GiB' }

t.test('durations are whole numbers with a unit, in milliseconds', async (t) => {
  for (const [text, value] of [
    ['1ms', 1],
    ['250ms', 250],
    ['5s', 5_000],
    ['2m', 120_000],
    ['1h', 3_600_000],
    ['24h', 86_400_000],
  ] as const) {
    t.strictSame(parseDuration(text, { zero: false }), { value })
  }
})

t.test('every duration up to a day reads back as what it says', async (t) => {
  for (const [unit, milliseconds, most] of [
    ['s', 1_000, 86_400],
    ['m', 60_000, 1_440],
    ['h', 3_600_000, 24],
  ] as const) {
    for (const count of [1, 2, 9, 10, 24, most]) {
      const parsed = parseDuration(`${count}${unit}`, { zero: false })
      t.same(parsed, count <= most ? { value: count * milliseconds } : { fault: 'must be at most 24h' })
    }
    t.same(parseDuration(`${most + 1}${unit}`, { zero: true }), { fault: 'must be at most 24h' })
  }
})

t.test('nothing is a duration only where it is a choice', async (t) => {
  t.strictSame(parseDuration('0s', { zero: true }), { value: 0 })
  t.strictSame(parseDuration('0s', { zero: false }), { fault: 'must be longer than 0' })
})

t.test('what is no duration is refused', async (t) => {
  for (const text of [
    '',
    '5',
    '5 s',
    '5S',
    '05s',
    '-5s',
    '1.5s',
    '5sec',
    '1d',
    '1h30m',
    's',
    ' 5s',
    '5s ',
    '٣s',
    '1e3s',
  ]) {
    t.match(parseDuration(text, { zero: true }), { fault: /^must be a duration/ }, JSON.stringify(text))
  }
})

t.test('sizes are whole numbers with a binary unit, in bytes', async (t) => {
  for (const [text, value] of [
    ['1B', 1],
    ['512B', 512],
    ['64KiB', 65_536],
    ['4MiB', 4_194_304],
    ['1GiB', 1_073_741_824],
  ] as const) {
    t.strictSame(parseSize(text, within), { value })
  }
})

t.test('a size keeps within its limits, both included', async (t) => {
  const limits = { min: '4KiB', max: '1MiB' }
  t.strictSame(parseSize('4KiB', limits), { value: 4_096 })
  t.strictSame(parseSize('1MiB', limits), { value: 1_048_576 })
  for (const text of ['4095B', '1048577B', '0B', '9999999999GiB']) {
    t.strictSame(parseSize(text, limits), { fault: 'must be between 4KiB and 1MiB' })
  }
})

t.test('what is no size is refused', async (t) => {
  for (const text of ['', '64', '64K', '64k', '64KB', '64kib', '64 KiB', '1.5MiB', '-1B', 'KiB', '1TiB']) {
    t.match(parseSize(text, within), { fault: /^must be a size/ }, JSON.stringify(text))
  }
})

import type { User } from './directory-state.ts'
import { stableMessageId } from './ids.ts'
import type { JsonObject } from './json.ts'

export interface Mailbox {
  /** Newest first. */
  readonly messages: readonly JsonObject[]
  find(id: string): JsonObject | undefined
}

/** Mailboxes of a thousand messages, each made when it is first opened. */
export interface MailState {
  mailboxOf(user: User): Mailbox
}

const mailboxSize = 1000
const newest = Date.UTC(2026, 9, 30, 16, 0)
const halfAnHour = 30 * 60 * 1000
const subjects = [
  'Weekly report',
  'Planner: you have been assigned a task',
  'Grüße aus München',
  'Build "42" & more',
]

export function createMail(): MailState {
  const mailboxes = new Map<string, Mailbox>()

  return {
    mailboxOf(user) {
      const mailbox = mailboxes.get(user.id) ?? fillMailbox(user)
      mailboxes.set(user.id, mailbox)
      return mailbox
    },
  }
}

function fillMailbox(user: User): Mailbox {
  const byId = new Map<string, JsonObject>()
  for (let number = 1; number <= mailboxSize; number++) {
    const id = stableMessageId(`${user.id} ${number}`)
    byId.set(id, message(user, id, number))
  }
  return { messages: [...byId.values()], find: (id) => byId.get(id) }
}

function message(user: User, id: string, number: number): JsonObject {
  const received = new Date(newest - number * halfAnHour).toISOString().replace('.000', '')
  const subject = `${subjects[number % subjects.length] ?? ''} (${number})`
  const sender = { emailAddress: { name: 'Megan Langer', address: 'megan.langer@contoso.com' } }
  return {
    '@odata.etag': `W/"${Buffer.from(`message ${number}`).toString('base64')}"`,
    id,
    createdDateTime: received,
    lastModifiedDateTime: received,
    receivedDateTime: received,
    sentDateTime: received,
    hasAttachments: false,
    subject,
    bodyPreview: `Message ${number} of ${mailboxSize}.`,
    importance: 'normal',
    isRead: number > 10,
    isDraft: false,
    webLink: `https://outlook.office365.com/owa/?ItemID=${encodeURIComponent(id)}`,
    body: { contentType: 'text', content: `Message ${number} of ${mailboxSize}.\r\n` },
    sender,
    from: sender,
    toRecipients: [{ emailAddress: { name: user.displayName, address: user.userPrincipalName } }],
  }
}

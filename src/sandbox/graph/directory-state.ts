import { stableGuid } from './ids.ts'

export interface User {
  readonly id: string
  readonly userPrincipalName: string
  readonly displayName: string
  readonly [property: string]: unknown
}

export interface Group {
  readonly id: string
  readonly displayName: string
  readonly [property: string]: unknown
}

export interface DirectoryState {
  readonly users: readonly User[]
  readonly groups: readonly Group[]
  /** By id, which has case, or by user principal name, which has none. */
  findUser(idOrName: string): User | undefined
  findGroup(id: string): Group | undefined
}

const givenNames = ['Adele', 'Alex', 'Diego', 'Grady', 'Isaiah', 'Joni', 'Lee', 'Lidia', 'Megan', 'Zoë']
const surnames = ['Archie', 'Langer', 'Wilber']

/** The accounts first, then thirty people of contoso.com. */
export function createDirectory(usernames: readonly string[]): DirectoryState {
  const people = givenNames.flatMap((givenName) => surnames.map((surname) => person(givenName, surname)))
  const users = [...usernames.map(account), ...people]
  const groups = [group('Operations'), group('Facilities')]
  const byKey = new Map(
    users.flatMap((user) => [
      [user.id, user],
      [user.userPrincipalName.toLowerCase(), user],
    ]),
  )

  return {
    users,
    groups,
    findUser: (idOrName) => byKey.get(idOrName) ?? byName(byKey, idOrName),
    findGroup: (id) => groups.find((candidate) => candidate.id === id),
  }
}

/** Only names have an @, so an id in the wrong case stays unknown. */
function byName(users: ReadonlyMap<string, User>, name: string): User | undefined {
  return name.includes('@') ? users.get(name.toLowerCase()) : undefined
}

/** A user made from nothing but a user name. */
export function account(userPrincipalName: string): User {
  return user(userPrincipalName, userPrincipalName.split('@', 1).join(''), null, null)
}

function person(givenName: string, surname: string): User {
  // User principal names are ASCII here, display names are not
  const ascii = givenName.normalize('NFD').replace(/[^A-Za-z]/g, '')
  const name = `${ascii}.${surname}@contoso.com`.toLowerCase()
  return user(name, `${givenName} ${surname}`, givenName, surname)
}

function user(
  userPrincipalName: string,
  displayName: string,
  givenName: string | null,
  surname: string | null,
): User {
  return {
    businessPhones: [],
    displayName,
    givenName,
    jobTitle: null,
    mail: userPrincipalName,
    mobilePhone: null,
    officeLocation: null,
    preferredLanguage: 'en-GB',
    surname,
    userPrincipalName,
    id: stableGuid(`user ${userPrincipalName.toLowerCase()}`),
  }
}

function group(displayName: string): Group {
  const nickname = displayName.toLowerCase()
  return {
    id: stableGuid(`group ${nickname}`),
    createdDateTime: '2026-01-12T08:00:00Z',
    description: null,
    displayName,
    groupTypes: ['Unified'],
    mail: `${nickname}@contoso.com`,
    mailEnabled: true,
    mailNickname: nickname,
    securityEnabled: false,
    visibility: 'Private',
  }
}

/**
 * What an answer of Entra is about, and so what to do next.
 * - P: it judged the password, and that password is never sent again
 * - P-hold: the account is locked; no password was judged
 * - C: the configuration of client, tenant or consent
 * - I: a person would have to do something, such as MFA
 * - L: the refresh token; only a new sign-in helps
 * - R: transient; R-long: for at least a minute; R-limited: unless it stays so
 * - poll, restart: device code only
 */
export type EntraClass = 'P' | 'P-hold' | 'C' | 'I' | 'L' | 'R' | 'R-long' | 'R-limited' | 'poll' | 'restart'

export type EntraError = readonly [kind: EntraClass, meaning: string, remedy: string]

/**
 * AADSTS codes. Source: https://learn.microsoft.com/entra/identity-platform/reference-error-codes, and answers seen
 * in the field.
 */
export const entraErrors: Readonly<Record<string, EntraError>> = {
  50034: ['P', 'user does not exist in this tenant', 'check the username (UPN) and the tenant'],
  50053: [
    'P-hold',
    'account locked after too many attempts, or sign-in from a blocked address',
    'wait, or have an administrator unblock the account; stop other programs that use the old password',
  ],
  50055: ['P', 'password expired', 'set a new password for the service account and store it'],
  50144: ['P', 'on-premises password expired', 'set a new password in the on-premises directory'],
  50056: ['P', 'no password stored in the directory', 'set a cloud password, or sync password hashes'],
  50057: ['P', 'account disabled', 'have an administrator enable the account'],
  50064: ['P', 'credential validation failed', 'check the password; federated users cannot use this grant'],
  50126: [
    'P',
    'wrong username or password, or a federated user',
    'check the stored password; federated users need password hash sync or device_code',
  ],
  50135: ['P', 'password compromised, change required', 'change the password'],
  80007: ['P', 'on-premises agent could not validate the password', 'check the on-premises account'],
  80012: ['P', 'sign-in outside allowed hours', "change the account's logon hours"],
  50014: ['C', 'user not found or cannot sign in here', 'use a member account of this tenant'],
  50020: ['C', 'guest or external account', 'use a member account; guests cannot use the password grant'],
  51004: ['C', 'account not in the directory', 'check the tenant'],
  50059: ['C', 'no tenant information', 'set tenant to the tenant id'],
  50128: ['C', 'invalid domain name', 'set tenant to the tenant id'],
  90002: ['C', 'tenant not found', 'check tenant and cloud'],
  900023: ['C', 'tenant identifier malformed', 'use the tenant id or a verified domain'],
  90038: ['C', 'tenant belongs to another national cloud', "set cloud to the tenant's own"],
  50105: ['C', 'user not assigned to the application', 'assign the user in Enterprise applications'],
  50001: ['C', 'resource not found in the tenant', 'check scopes and cloud'],
  500011: ['C', 'resource principal not found', 'check scopes and cloud'],
  50194: ['C', 'application is single-tenant', "set tenant to the application's own"],
  9001023: ['C', 'grant not supported on /common', 'set tenant to the tenant id'],
  65001: ['C', 'consent missing', 'have an administrator grant consent to the delegated permissions'],
  90094: ['C', 'administrator consent required', 'have an administrator grant consent'],
  90095: [
    'C',
    'administrator consent required (request workflow)',
    'have an administrator approve the request',
  ],
  65002: ['C', 'first-party preauthorisation missing', 'register your own application'],
  650056: ['C', 'misconfigured application', 'add the delegated Graph permissions to the registration'],
  650057: ['C', 'permission not listed in the registration', 'add it to the registration'],
  70001: ['C', 'application not found or disabled', 'check clientId'],
  700016: ['C', 'application not found in this tenant', 'check clientId and tenant'],
  7000112: ['C', 'application disabled', 'enable the application'],
  70002: ['C', 'client credential rejected', 'check clientSecret'],
  50012: ['C', 'client secret or assertion rejected (v1.0)', 'check clientSecret'],
  7000215: [
    'C',
    "wrong client secret (often the secret's id instead of its value)",
    "store the secret's value",
  ],
  7000222: ['C', 'client secret expired', 'create a new secret and store it'],
  7000218: [
    'C',
    'client secret or assertion missing',
    'configure clientSecret, or enable "Allow public client flows"',
  ],
  700025: ['C', 'public client sent a secret', 'remove clientSecret'],
  700027: ['C', 'client assertion signature invalid', 'check the certificate registered for the application'],
  700030: ['C', 'certificate subject not trusted', 'check the certificate registered for the application'],
  7000214: ['C', 'certificate revoked or invalid', 'renew the certificate'],
  700024: ['C', 'client assertion not within its valid time', 'check the clock'],
  700021: ['C', 'client assertion application mismatch', 'check clientId'],
  70021: [
    'R-limited',
    'no matching federated identity record',
    'check issuer, subject and audience; new records take minutes',
  ],
  700211: ['R-limited', 'no federated record for the issuer', 'check the issuer; new records take minutes'],
  700213: ['R-limited', 'no federated record for the subject', 'check the subject; new records take minutes'],
  70003: ['C', 'grant type not supported', 'check grant'],
  70011: ['C', 'scope invalid', 'check scopes'],
  28002: ['C', 'scope invalid', 'check scopes'],
  28003: ['C', 'scope empty', 'set scopes'],
  700022: ['C', 'several resources in scopes', 'keep scopes to Microsoft Graph'],
  90014: ['C', 'required field missing', 'report this: the request was built wrongly'],
  900144: [
    'C',
    'request body lacks grant_type or another parameter',
    'report this: the request was built wrongly',
  ],
  90019: ['C', 'no tenant identifying information', 'set tenant'],
  9002313: ['C', 'request malformed', 'check tenant, clientId and scopes'],
  901002: ['C', 'resource sent to the v2.0 endpoint', 'set tokenEndpoint: v1.0'],
  50072: ['I', 'multi-factor enrolment required', 'use grant: device_code, or exclude the account by policy'],
  50074: [
    'I',
    'multi-factor authentication required',
    'use grant: device_code, or exclude the account by policy',
  ],
  50076: [
    'I',
    'multi-factor authentication required',
    'use grant: device_code, or exclude the account by policy',
  ],
  50078: ['I', 'multi-factor authentication expired', 'run login again'],
  50079: ['I', 'multi-factor enrolment required', 'use grant: device_code, or exclude the account by policy'],
  50097: ['I', 'device authentication required', 'exclude the account by Conditional Access'],
  50131: ['I', 'blocked by Conditional Access', 'exclude the account or its address by policy'],
  50158: ['I', 'external security challenge', 'use grant: device_code'],
  53000: ['I', 'device not compliant', 'exclude the account by Conditional Access'],
  53001: ['I', 'device not joined', 'exclude the account by Conditional Access'],
  53003: ['I', 'blocked by Conditional Access', 'exclude the account or its address by policy'],
  530032: ['I', 'blocked by tenant security policy', "ask the tenant's administrator"],
  530035: [
    'I',
    'blocked by security defaults',
    'use grant: device_code, or Conditional Access instead of security defaults',
  ],
  53004: ['I', 'risk: multi-factor enrolment needed', 'have an administrator review the account'],
  53011: ['I', 'account blocked for risk', 'have an administrator review the account'],
  50132: ['L', 'session revoked', 'sign in again'],
  50133: ['L', 'session revoked by password change', 'sign in again'],
  50173: ['L', 'grant revoked', 'sign in again'],
  70000: ['L', 'refresh token invalid', 'sign in again'],
  70008: ['L', 'refresh token expired', 'sign in again'],
  700082: ['L', 'refresh token expired through inactivity', 'sign in again'],
  700084: [
    'L',
    'refresh token of a single-page app, 24 hours',
    'register the application as a public or confidential client',
  ],
  70043: ['L', 'sign-in frequency policy', 'sign in again, or exempt the account'],
  50089: ['L', 'flow token expired', 'sign in again'],
  54005: ['L', 'authorization code already used', 'sign in again'],
  70016: ['poll', 'device code: authorization pending', 'wait for the person'],
  70018: ['restart', 'device code wrong', 'run login again'],
  70019: ['restart', 'device code expired', 'run login again'],
  50033: ['R', 'transient sign-in failure', 'retried'],
  50087: ['R', 'transient signing-key failure', 'retried'],
  90006: ['R', 'external service retryable', 'retried'],
  90012: ['R', 'request timed out inside Entra', 'retried'],
  90024: ['R', 'transient request-budget failure', 'retried'],
  90033: ['R', 'service temporarily unavailable', 'retried'],
  90090: ['R', 'transient failure', 'retried'],
  90055: ['R-long', 'tenant throttled', 'retried later'],
  50196: ['R-long', 'client request loop', 'waits at least 60 s'],
  80001: ['R-limited', 'on-premises agent unreachable', 'check the pass-through agents'],
  80002: ['R-limited', 'on-premises agent timed out', 'check the pass-through agents'],
  80005: ['R-limited', 'on-premises agent: unpredictable error', 'check the pass-through agents'],
  80014: ['R-limited', 'on-premises validation time exceeded', 'check the pass-through agents'],
}

/**
 * v1.0 wraps: "AADSTS70002: Error validating credentials. AADSTS50126: Invalid username or password". These say
 * something only where no other code does.
 */
export const wrappers: ReadonlySet<string> = new Set(['70002', '50012'])

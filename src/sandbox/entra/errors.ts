/**
 * The answers that are a no, by AADSTS code. The words are those that Entra was seen to use; `{name}` is filled in.
 * Source of the codes: "Microsoft Entra authentication and authorization error codes" (reference-error-codes).
 */
interface EntraErrorEntry {
  readonly status: number
  /** RFC 6749, section 5.2, and Entra's own additions to it. */
  readonly error: string
  readonly suberror?: string
  readonly message: string
  /** v1.0 wraps the code in 70002, with the words that it had then. */
  readonly v1Message?: string
}

const table = {
  50034: {
    status: 400,
    error: 'invalid_grant',
    message:
      'The user account {EUII Hidden} does not exist in the {tenant} directory. To sign into this application, the account must be added to the directory.',
  },
  50053: {
    status: 400,
    error: 'invalid_grant',
    message:
      "The account is locked, you've tried to sign in too many times with an incorrect user ID or password.",
    v1Message: "You've tried to sign in too many times with an incorrect user ID or password.",
  },
  50055: {
    status: 400,
    error: 'invalid_grant',
    suberror: 'user_password_expired',
    message: 'The password is expired.',
  },
  50057: { status: 400, error: 'invalid_grant', message: 'The user account is disabled.' },
  50076: {
    status: 400,
    error: 'invalid_grant',
    suberror: 'basic_action',
    message:
      "Due to a configuration change made by your administrator, or because you moved to a new location, you must use multi-factor authentication to access '{resource}'.",
  },
  50126: {
    status: 400,
    error: 'invalid_grant',
    message: 'Error validating credentials due to invalid username or password.',
    v1Message: 'Invalid username or password',
  },
  65001: {
    status: 400,
    error: 'invalid_grant',
    suberror: 'consent_required',
    message:
      "The user or administrator has not consented to use the application with ID '{clientId}' named '{clientName}'. Send an interactive authorization request for this user and resource.",
  },
  70000: {
    status: 400,
    error: 'invalid_grant',
    suberror: 'bad_token',
    message: 'Provided grant is invalid or malformed.',
  },
  70003: {
    status: 400,
    error: 'unsupported_grant_type',
    message: "The app requested an unsupported grant type '{grantType}'.",
  },
  70011: {
    status: 400,
    error: 'invalid_scope',
    message:
      "The provided value for the input parameter 'scope' is not valid. .default scope can't be combined with resource-specific scopes. The scope {scope} is not valid.",
  },
  90002: {
    status: 400,
    error: 'invalid_request',
    message:
      "Tenant '{tenant}' not found. Check to make sure you have the correct tenant ID and are signing into the correct cloud. Check with your subscription administrator, this may happen if there are no active subscriptions for the tenant.",
  },
  90033: {
    status: 503,
    error: 'temporarily_unavailable',
    message: 'A transient error has occurred. Please try again.',
  },
  500011: {
    status: 400,
    error: 'invalid_resource',
    message:
      'The resource principal named {resource} was not found in the tenant named {tenant}. This can happen if the application has not been installed by the administrator of the tenant or consented to by any user in the tenant. You might have sent your authentication request to the wrong tenant.',
  },
  700016: {
    status: 400,
    error: 'unauthorized_client',
    message:
      "Application with identifier '{clientId}' was not found in the directory '{tenant}'. This can happen if the application has not been installed by the administrator of the tenant or consented to by any user in the tenant. You may have sent your authentication request to the wrong tenant.",
  },
  700022: {
    status: 400,
    error: 'invalid_scope',
    message:
      "The provided value for the input parameter 'scope' isn't valid because it contains more than one resource. Scope {scope} isn't valid.",
  },
  700025: {
    status: 401,
    error: 'invalid_client',
    message: "Client is public so neither 'client_assertion' nor 'client_secret' should be presented.",
  },
  700082: {
    status: 400,
    error: 'invalid_grant',
    suberror: 'token_expired',
    message: 'The refresh token has expired due to inactivity. The token was inactive for 90.00:00:00.',
  },
  900144: {
    status: 400,
    error: 'invalid_request',
    message: "The request body must contain the following parameter: '{parameter}'.",
  },
  900561: {
    status: 400,
    error: 'invalid_request',
    message: 'The endpoint only accepts POST requests. Received a {method} request.',
  },
  901002: {
    status: 400,
    error: 'invalid_request',
    message: "The 'resource' request parameter is not supported.",
  },
  7000215: {
    status: 401,
    error: 'invalid_client',
    message:
      "Invalid client secret provided. Ensure the secret being sent in the request is the client secret value, not the client secret ID, for a secret added to app '{clientId}'.",
  },
  7000218: {
    status: 401,
    error: 'invalid_client',
    message: "The request body must contain the following parameter: 'client_assertion' or 'client_secret'.",
  },
  9001023: {
    status: 400,
    error: 'invalid_request',
    message:
      'The grant type is not supported over the /common or /consumers endpoints. Please use the /organizations or tenant-specific endpoint.',
  },
  9002313: {
    status: 400,
    error: 'invalid_request',
    message: 'Invalid request. Request is malformed or invalid.',
  },
} as const satisfies Record<number, EntraErrorEntry>

export type EntraCode = keyof typeof table

/** Thrown where a request is judged, turned into HTTP in answers.ts. */
export class EntraError extends Error {
  override readonly name = 'EntraError'
  readonly code: EntraCode
  readonly entry: EntraErrorEntry

  constructor(code: EntraCode, details: Readonly<Record<string, string>> = {}) {
    const entry: EntraErrorEntry = table[code]
    super(entry.message.replace(/\{(\w+)\}/g, (placeholder, name: string) => details[name] ?? placeholder))
    this.code = code
    this.entry = entry
  }
}

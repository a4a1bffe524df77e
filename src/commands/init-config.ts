/** What `init` writes. A test loads it, so that it stays valid. */
export const initConfig = `# msgraph-sidecar: Microsoft Graph on localhost, no auth code in the app.
# Every key and its default: docs/configuration.md. Check it with: msgraph-sidecar check

tenant: contoso.onmicrosoft.com          # yours: a domain or the tenant's id

identities:
  default:
    grant: password                      # a user's name and password, without MFA; docs/security.md says when to use it
    clientId: 00000000-0000-0000-0000-000000000000    # of your app registration
    clientSecret: \${env:GRAPH_CLIENT_SECRET}          # or \${file:/run/secrets/client-secret}; leave it out for a public client
    username: svc-planner@contoso.onmicrosoft.com
    password: \${env:GRAPH_PASSWORD}
    scopes: [.default]                   # what the app registration was granted

# What apps may call; everything else is refused. Try: msgraph-sidecar explain GET /v1.0/me
allow:
  - GET /v1.0/me
  - GET /v1.0/planner/**
  - POST /v1.0/planner/tasks
  - PATCH,DELETE /v1.0/planner/tasks/{id}
`

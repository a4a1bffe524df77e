/**
 * Functions and actions that Graph binds to a collection: after one, such a segment is an operation and never a key, so
 * that `GET /users/{id}` does not allow `/users/delta`. From the v1.0 metadata of 2026-08
 * (https://github.com/microsoftgraph/msgraph-metadata, MIT).
 */
const names = `
  activate add addCopy addCopyFromContentTypeHub addFormulaLocal additionalAccess applyHold archive
  asHierarchy assign assignNumber availableProviderTypes clockIn computeInheritance
  computeRightsAndInheritance confirmCompromised confirmSafe count create createOrGet createSnapshot
  createUploadSession creationOptions delta dismiss favorite filterByCurrentUser getAllMessages
  getAllRecordings getAllRetainedMessages getAllSites getAllTranscripts getAuditActivityTypes
  getAuditCategories getAvailableExtensionProperties getByIds getByUserIdAndRole getByUserRole
  getCompatibleHubContentTypes getDeploymentAccessKey getDeploymentPackageUri getDirectRoutingCalls
  getNotebookFromWebUrl getOrder getPstnCalls getRecentNotebooks getSourceImages getTeamsLicensingDetails
  getUserIdsWithFlaggedAppRegistration import invite item itemAt logTeleconferenceDeviceQuality markRead
  markUnread mergeIncidents moveAlerts recent refreshAll regenerateDeploymentAccessKey remediate remove
  removeHold replyWithQuote search setCurrentLocation setOrder summarizeDevicePerformanceDevices summary
  unarchive unassign unassignNumber unfavorite updateNumber validateAuthenticationConfiguration
  validateCredentials validateProperties
`

/** Lower case. */
export const collectionOperations: ReadonlySet<string> = new Set(names.toLowerCase().trim().split(/\s+/))

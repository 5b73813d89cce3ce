import type { Session } from 'electron'

/** Denies every web permission, when asked for (request) and when looked up (check), and every device. */
export function denyWebPermissions(session: Session): void {
  session.setPermissionRequestHandler((_contents, _permission, decide) => decide(false))
  session.setPermissionCheckHandler(() => false)
  session.setDevicePermissionHandler(() => false)
}

/**
 * Who may do what in the Werkstatt. A person has roles in an atlas; what no role of the atlas allows is refused.
 * Nobody gets into an atlas by a role in another one.
 */

/** Leitung, Redaktion, Freigabe, Lesen intern. */
export type Role = 'admin' | 'editor' | 'approver' | 'reader'

export const roles: readonly Role[] = ['admin', 'editor', 'approver', 'reader']

export type Action =
  | 'preview' // where the atlas stands: editions, drafts, jobs
  | 'deliver' // upload files and take them in
  | 'findings' // the check report, which quotes raw counts
  | 'accept' // findings with a reason, and repairs
  | 'configure' // the project file as a whole
  | 'texts' // write what the town says about areas, as drafts
  | 'release' // such texts, for the next edition
  | 'build' // have deliveries checked and drafts built
  | 'approve' // as a second pair of eyes
  | 'publish'
  | 'rollback'
  | 'withdraw'
  | 'people' // invite, change roles
  | 'log' // the audit log
  | 'settings' // for what four eyes are wanted

/** What a program on another machine may do, where somebody made a token for it. */
export const programActions = ['deliver', 'publish'] as const satisfies readonly Action[]
export type ProgramAction = typeof programActions[number]

const allowed: Readonly<Record<Role, readonly Action[]>> = {
  admin: ['preview', 'deliver', 'findings', 'accept', 'configure', 'texts', 'release', 'build', 'approve', 'publish', 'rollback', 'withdraw', 'people', 'log', 'settings'],
  editor: ['preview', 'deliver', 'findings', 'accept', 'texts', 'build'],
  approver: ['preview', 'findings', 'texts', 'release', 'approve', 'publish', 'rollback', 'withdraw', 'log'],
  reader: ['preview'],
}

/** Roles that allow an action, wherever somebody has them. */
export function rolesThatMay (action: Action): Role[] {
  return roles.filter(role => allowed[role].includes(action))
}

/** What somebody is in one atlas. */
export interface Membership {
  readonly atlas: string
  readonly role: Role
}

/** Who asks. */
export interface Person {
  readonly memberships: readonly Membership[]
  /** Looks after the installation: creates and archives atlases and invites their first people. Sees into none by that alone. */
  readonly isOperator: boolean
}

/** Whether a person may do this in an atlas. */
export function may ({ memberships }: Person, action: Action, atlas: string): boolean {
  return memberships.some(membership => membership.atlas === atlas && allowed[membership.role].includes(action))
}

/**
 * Whether a person may give another one a new password, and so become them: who leads every atlas in which the other has a role, and
 * nobody for who looks after the installation.
 */
export function mayReset (person: Person, other: Person): boolean {
  return person !== other && !other.isOperator && other.memberships.length > 0 && other.memberships.every(({ atlas }) => may(person, 'people', atlas))
}

/** Whether a person has anything to do with an atlas; of the others not even the name is told. */
export function isMember ({ memberships }: Person, atlas: string): boolean {
  return memberships.some(membership => membership.atlas === atlas)
}

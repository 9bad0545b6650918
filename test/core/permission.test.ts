import t from 'tap'
import { isMember, may, roles, type Action, type Person, type Role } from '../../core/permission.ts'

const person = (role: Role): Person => ({ memberships: [{ atlas: 'musterstadt', role }], isOperator: false })
const actions: readonly Action[] = ['preview', 'deliver', 'findings', 'accept', 'configure', 'texts', 'release', 'build', 'approve', 'publish', 'rollback', 'withdraw', 'people', 'log', 'settings']

t.test('a role in one atlas allows nothing in another one', async t => {
  for (const role of roles) {
    for (const action of actions) t.notOk(may(person(role), action, 'berlin'), `${role} may not ${action}`)
    t.notOk(isMember(person(role), 'berlin'))
  }
})

t.test('whoever looks after the installation sees into no atlas by that alone', async t => {
  for (const action of actions) t.notOk(may({ memberships: [], isOperator: true }, action, 'musterstadt'), action)
})

t.test('an editor prepares and does not publish; an approver publishes and does not prepare', async t => {
  t.ok(may(person('editor'), 'build', 'musterstadt'))
  t.notOk(may(person('editor'), 'publish', 'musterstadt'))
  t.ok(may(person('approver'), 'publish', 'musterstadt'))
  t.notOk(may(person('approver'), 'build', 'musterstadt'))
})

t.test('raw counts are for those who deliver, check or lead, not for readers', async t => {
  t.same(roles.filter(role => may(person(role), 'findings', 'musterstadt')), ['admin', 'editor', 'approver'])
})

t.test('a reader looks on; only the lead changes people and settings', async t => {
  t.same(actions.filter(action => may(person('reader'), action, 'musterstadt')), ['preview'])
  for (const action of ['people', 'settings', 'configure'] as const) t.same(roles.filter(role => may(person(role), action, 'musterstadt')), ['admin'], action)
})

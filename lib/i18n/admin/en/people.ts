/** Accounts: administrators and agents. */
export const people = {
  title: "People",
  lead: "People who administer this service or answer visitors at the desk.",
  add: "Add person",
  addTitle: "Add person",
  editTitle: "Edit {name}",
  editLabel: "Edit {name}",
  deleteLabel: "Delete {name}",
  you: "you",
  admin: "Administrator",
  adminHint: "Manages widgets and people.",
  agent: "Agent",
  agentHint: "Answers visitors at the desk.",
  roles: "Roles",
  person: "Person",
  signInName: "Sign-in name",
  signInNameHint: "Used to sign in, and to add an agent to a widget.",
  renameWarning:
    "Widgets still have this agent under the old name. Change it there too, or visitors can no longer reach this person.",
  displayName: "Name",
  displayNameHint: "Shown to colleagues.",
  password: "Password",
  newPassword: "New password",
  newPasswordHint:
    "Leave empty to keep it. A new password signs this person out everywhere, and they must replace it at the next sign-in.",
  ownPassword: "Change your own password in your account.",
  toOwnAccount: "Your account",
  mustChangePassword: "Must change password",
  passwordHint:
    "At least {min} characters. Give it to the person safely. They must replace it at the first sign-in.",
  generate: "Generate",
  copyPassword: "Copy password",
  handover:
    "The new password of {name}. Pass it on safely. It is not shown again after you close this.",
  handoverLabel: "Password of {name}",
  showPassword: "Show password",
  hidePassword: "Hide password",
  viaPbx: "Signs in with myApps, through the PBX",
  noAccess: "No access",
  pbxNameHint: "This is the user's name on the PBX.",
  pbxRolesHint:
    "Signs in with myApps and has no password here. Without a role, this person has no access.",
  since: "Since {date}",
  addConfirm: "Add person",
  addedToast: "{name} can sign in now.",
  savedToast: "{name} was saved.",
  deletedToast: "{name} was deleted.",
  deleteTitle: "Delete {name}?",
  deleteText:
    "The account is deleted immediately and its sessions end. Widgets with this agent keep the card, which shows as unavailable.",
  deleteSelf: "This is your own account: you will be signed out.",
  deletePbx:
    "As long as the App is assigned to this user on the PBX, opening it in myApps creates the account again, as administrator. To remove the access, remove the roles instead.",
  deleteConfirm: "Delete account",
  lastAdmin:
    "{name} is the only administrator. Make someone else an administrator first. Otherwise no one could manage this service.",
};

/** Accounts: administrators and agents. */
export const people = {
  title: "People",
  lead:
    "Who administers this service, and who answers visitors at the desk in a browser.",
  add: "Add person",
  addTitle: "Add person",
  editTitle: "Edit {name}",
  editLabel: "Edit {name}",
  deleteLabel: "Delete {name}",
  you: "you",
  admin: "Administrator",
  adminHint: "Manages widgets and people.",
  agent: "Agent",
  agentHint: "Is reached by visitors, at the desk in a browser.",
  roles: "Roles",
  person: "Person",
  signInName: "Sign-in name",
  signInNameHint:
    "For the sign-in. An agent is added to a widget under this name.",
  renameWarning:
    "Widgets have this agent under the old name. Change it there too, or visitors do not reach this person any more.",
  displayName: "Name",
  displayNameHint: "What colleagues read.",
  password: "Password",
  newPassword: "New password",
  newPasswordHint:
    "Leave empty to keep it. A new one signs this person out everywhere, and they must replace it at the next sign-in.",
  ownPassword: "Change your own password in your account.",
  toOwnAccount: "Your account",
  mustChangePassword: "Own password missing",
  passwordHint:
    "At least {min} characters. Tell it to the person safely: they must replace it at the first sign-in.",
  generate: "Make one up",
  copyPassword: "Copy password",
  handover:
    "The new password of {name}. Pass it on safely: once you close this, it is not shown again.",
  handoverLabel: "Password of {name}",
  showPassword: "Show password",
  hidePassword: "Hide password",
  viaPbx: "Signs in with myApps, through the PBX",
  noAccess: "No access",
  pbxNameHint: "This is the user's name on the PBX.",
  pbxRolesHint:
    "Signs in with myApps and has no password here. Without a role this person is kept out.",
  since: "Since {date}",
  addConfirm: "Add person",
  addedToast: "{name} can sign in now.",
  savedToast: "{name} is saved.",
  deletedToast: "{name} is deleted.",
  deleteTitle: "Delete {name}?",
  deleteText:
    "The account is gone at once and its sessions end. Widgets that show this agent keep the card, and it is never available.",
  deleteSelf: "This is your own account: you will be signed out.",
  deletePbx:
    "As long as the App is assigned to this user on the PBX, the next opening of it in myApps makes the account again, as administrator. To keep somebody out, take away the roles instead.",
  deleteConfirm: "Delete account",
  lastAdmin:
    "{name} is the only administrator. Make somebody else an administrator first: otherwise nobody could manage this service any more.",
};

/** One's own account: name, picture, language and password. */
export const ownAccount = {
  title: "Your account",
  lead: "Your name, picture, language and password.",
  signInName: "Sign-in name",
  signInNameHint: "Only an administrator can change it.",
  displayName: "Name",
  displayNameHint:
    "Shown to colleagues. Cards in widgets keep the name that an administrator entered.",
  language: "Language",
  languageHint: "For these pages, in every browser that you sign in with.",
  asBrowser: "Same as the browser",
  saved: "Your account is saved.",
  pictureTitle: "Picture",
  pictureLead:
    "Shown to colleagues, and suggested when an administrator adds you to a widget.",
  pictureSaved: "Your picture is saved.",
  pictureRemoved: "Your picture is removed.",
  passwordTitle: "Password",
  passwordLead:
    "Changing it signs you out in all other browsers and on all other devices.",
  passwordOfPbx: "You sign in with myApps and have no password here.",
  changePassword: "Change password",
  passwordChanged:
    "Your password is changed. You are signed out everywhere else.",
  currentPassword: "Current password",
  newPassword: "New password",
  wrongPassword: "This is not your current password.",
  samePassword: "Choose a password that differs from the current one.",
  mustTitle: "Choose your own password",
  mustLead:
    "Another person set your password and knows it. Replace it before you continue.",
  mustCurrentHint: "The password that you have just signed in with.",
};

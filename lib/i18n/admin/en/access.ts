/** Sign-in, sign-out and the first administrator. */
export const access = {
  signInTitle: "Sign in",
  name: "Sign-in name",
  password: "Password",
  signIn: "Sign in",
  wrong: "Wrong name or password.",
  throttled: {
    one: "Too many attempts. Wait one second, then try again.",
    other: "Too many attempts. Wait {count} seconds, then try again.",
  },
  throttledMinutes: {
    one: "Too many attempts. Wait one minute, then try again.",
    other: "Too many attempts. Wait {count} minutes, then try again.",
  },
  firstStart:
    "To set up a new service, open the link that it prints when it starts.",
  signedOut: "You are signed out.",
  setupTitle: "Welcome",
  setupLead: "Create the first administrator of this service.",
  setupName: "Sign-in name",
  setupNameHint: "Letters, digits and . _ @ -",
  displayName: "Your name",
  displayNameHint: "Shown to colleagues and visitors",
  passwordHint: "At least {min} characters. A few random words work well.",
  passwordAgain: "Repeat password",
  passwordsDiffer: "The two passwords do not match.",
  create: "Create administrator",
  strength: "Strength: {word}",
  tooShort: "too short",
  weak: "weak",
  fair: "fair",
  good: "good",
  strong: "strong",
  linkDeadTitle: "This link no longer works",
  linkDead:
    "It has already been used, or it has expired. Each start prints a new link as long as there is no account. If you have an account, sign in.",
  linkDeadHelp:
    "If no one can sign in, restart the service with CW_ADMIN_PASSWORD set. This creates the account “admin” or sets its password.",
  toSignIn: "Go to sign-in",
};

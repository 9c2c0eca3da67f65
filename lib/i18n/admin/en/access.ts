/** Sign-in, sign-out and the first administrator. */
export const access = {
  signInTitle: "Sign in",
  name: "Sign-in name",
  password: "Password",
  signIn: "Sign in",
  wrong: "Name or password is wrong.",
  throttled: {
    one: "Too many tries. Wait one second, then try again.",
    other: "Too many tries. Wait {count} seconds, then try again.",
  },
  throttledMinutes: {
    one: "Too many tries. Wait one minute, then try again.",
    other: "Too many tries. Wait {count} minutes, then try again.",
  },
  firstStart:
    "To set up a new service, open the link that it printed when it started.",
  signedOut: "You are signed out.",
  setupTitle: "Welcome",
  setupLead: "Create the first administrator of this service.",
  setupName: "Sign-in name",
  setupNameHint: "Letters, digits and . _ @ -",
  displayName: "Your name",
  displayNameHint: "What colleagues and visitors read",
  passwordHint: "At least {min} characters. A few random words are good.",
  passwordAgain: "Password again",
  passwordsDiffer: "The two passwords are not the same.",
  create: "Create administrator",
  strength: "Strength: {word}",
  tooShort: "too short",
  weak: "weak",
  fair: "fair",
  good: "good",
  strong: "strong",
  linkDeadTitle: "This link no longer works",
  linkDead:
    "It has been used already, or it is out of date. Each start prints a new link, as long as there is no account. If you have one, sign in.",
  linkDeadHelp:
    "If nobody can sign in: restart the service with CW_ADMIN_PASSWORD set. That creates the account “admin”, or gives it this password.",
  toSignIn: "To the sign-in",
};

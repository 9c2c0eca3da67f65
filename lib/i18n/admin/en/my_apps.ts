/** The App inside a PBX's myApps client: the sign-in. */
export const myApps = {
  title: "Sign-in with myApps",
  asking: "You are being signed in …",
  alone:
    "This page signs you in if you open it in myApps, the client of the innovaphone PBX. It was opened outside myApps. You can also sign in with a name and password.",
  toSignIn: "Go to sign-in",
  again: "Sign in again",
  throttled: {
    one: "Too many attempts. Wait one second, then try again.",
    other: "Too many attempts. Wait {count} seconds, then try again.",
  },
  failures: {
    silent:
      "myApps has not provided a login for this App. Is the App assigned to you on the PBX?",
    refused:
      "The PBX rejected the login of this App. Is the App assigned to you on the PBX?",
    refusedBecause:
      "The PBX rejected the login of this App: {text}. Is the App assigned to you on the PBX?",
    unreadable: "myApps sent an invalid login.",
    challenge: "The login came too late. Try again.",
    digest:
      "The login was not made with the password of this App. The password of the App object must be the same as on the PBX page.",
    denied:
      "An administrator of Contact Widgets has removed your access. Ask an administrator for a role.",
    "no-password":
      "No App password is set. An administrator can enter it on the PBX page.",
    "too-many": "There are too many accounts already.",
    unavailable:
      "The store does not answer in time or cannot write, so signing in is not possible. Try again later.",
    offline: "The service cannot be reached. Try again.",
    "no-cookie":
      "You were signed in, but the browser did not keep the sign-in. Inside myApps this works only over https and if cookies of embedded pages are allowed.",
    "signed-out": "You are signed out.",
  },
};

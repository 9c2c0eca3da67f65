/** The App inside a PBX's myApps client: the sign-in. */
export const myApps = {
  title: "Sign-in with myApps",
  asking: "You are being signed in …",
  alone:
    "This page is opened from myApps, the client of the innovaphone PBX, and signs you in with it. Here it stands by itself. With a sign-in name and a password you get in as well.",
  toSignIn: "To the sign-in",
  again: "Sign in again",
  throttled: {
    one: "Too many tries. Wait one second, then try again.",
    other: "Too many tries. Wait {count} seconds, then try again.",
  },
  failures: {
    silent:
      "myApps has given no login for this App. Is the App assigned to you on the PBX?",
    refused:
      "The PBX refused the login of this App. Is the App assigned to you on the PBX?",
    refusedBecause:
      "The PBX refused the login of this App: {text}. Is the App assigned to you on the PBX?",
    unreadable: "myApps has answered with something that is not a login.",
    challenge: "The login came too late. Try again.",
    digest:
      "The login was not made with the password of this App. The password of the App object and the one on the page PBX must be the same.",
    denied:
      "An administrator of Contact Widgets has taken your access. Ask for a role under People.",
    "no-password":
      "No App password is set. An administrator enters it on the page PBX.",
    "too-many": "There are too many accounts already.",
    unavailable:
      "The store does not answer in time or cannot write, so nobody can be signed in. Try again later.",
    offline: "The service cannot be reached. Try again.",
    "no-cookie":
      "You were signed in, but the browser did not keep it. Inside myApps this works over https only, and cookies of embedded pages must be allowed.",
    "signed-out": "You are signed out.",
  },
};

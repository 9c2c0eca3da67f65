/** Reasons of failures (lib/protocol/admin, `Reason`), and the errors of
 * lib/model's schemas next to fields: `{n}` is the limit. */
export const refusals = {
  reasons: {
    invalid: "Some values are not valid.",
    "signed-out":
      "You are signed out. Sign in again in another tab, then try again here. Your changes are kept.",
    forbidden: "You are not allowed to do this.",
    "must-change-password":
      "Another person set your password. Reload the page and choose your own.",
    "not-found": "This no longer exists. Someone may have deleted it.",
    conflict: "Someone else has saved this in the meantime.",
    exists: "This sign-in name is already taken.",
    "last-admin": "At least one administrator must remain.",
    "too-big": "This is too big.",
    "too-many": "There are already too many of these.",
    "not-a-picture": "This image format is not supported.",
    throttled: "Too many requests. Wait a moment, then try again.",
    internal:
      "Something went wrong on the server. Nothing was changed. The service's log has the details.",
    unavailable:
      "The store does not answer in time or cannot write. Reload to see what was saved, then try again.",
    offline: "The service cannot be reached. Nothing is lost. Try again.",
  },
  /** An error of one line of a field. */
  inLine: "Line {line}: {problem}",
  problems: {
    "must not be empty": "This must not be empty.",
    "must have at most {n} characters": "At most {n} characters.",
    "must have at least {n} characters": "At least {n} characters.",
    "must be one line": "This must be one line.",
    "must be an email address": "This is not an email address.",
    "must be a telephone number": "This is not a telephone number.",
    "must start with https:// or http://":
      "This must start with https:// or http://",
    "must be a number": "This must be a number.",
    "must be a whole number": "This must be a whole number.",
    "must not be negative": "This must not be negative.",
    "must be at most {n}": "At most {n}.",
    "must be at least {n}": "At least {n}.",
    "must be a colour such as #0a7d5a": "Enter a colour such as #0a7d5a.",
    "must be like https://www.example.com or https://*.example.com":
      "Enter it as https://www.example.com or https://*.example.com",
    "must be letters, digits and . _ @ + * # -":
      "Letters, digits and . _ @ + * # - only. Choose an agent from the list or enter an address.",
    "must be letters, digits and . _ @ -": "Letters, digits and . _ @ - only.",
    "must be at most {n} agents": "At most {n} agents.",
    "must name each agent once": "An agent can be in a widget only once.",
    "must be at most {n} websites": "At most {n} websites.",
    "must be letters, digits and . _ ~ -": "Letters, digits and . _ ~ - only.",
    "must be at most {n} parameters": "At most {n} parameters.",
    "must be a country such as DE":
      "Enter the two letters of a country, such as DE.",
    "must be at most {n} countries": "At most {n} countries.",
    "must be at most {n} texts": "At most {n} texts.",
    "must be a time such as 09:00": "Enter a time such as 09:00.",
    "must be a date such as 2030-12-24": "Enter a date.",
    "must be a time zone": "This is not a time zone.",
    "must end at another time than it begins":
      "This must end at another time than it begins.",
    "must not overlap": "These times overlap.",
    "must not be earlier than the first day":
      "This must not be before the first day.",
    "must be at most {n} times": "At most {n} times.",
    "must be at most {n} exceptions": "At most {n} exceptions.",
    "must have at most {n} exceptions of opening hours":
      "All agents together: at most {n} exceptions of opening hours.",
    "must be later than the warning": "This must be later than the warning.",
    "must have a member": "Add at least one member.",
    "must be at most {n} members": "At most {n} members.",
    "must name each member once": "A member can be in a team only once.",
    "must be at most {n} steps": "At most {n} steps.",
    "must have at most {n} members of teams":
      "All teams together: at most {n} members.",
    "must have a role": "Choose at least one role.",
    "must be a scope": "This is not a permission.",
    "must name each scope once": "A token can have a permission only once.",
    "must have a scope": "Choose at least one permission.",
  },
};

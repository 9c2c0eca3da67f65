/** The PBX page: links, rights, the App object, troubleshooting. */
export const pbx = {
  title: "PBX",
  lead:
    "The innovaphone PBXs whose users answer visitors. A PBX connects to this service; nothing has to be opened towards it.",
  noLinkTitle: "No PBX is linked",
  noLinkText:
    "Enter the password below, then make an App object on the PBX. It connects within seconds.",
  waiting: {
    one: "One connection has not logged in yet.",
    other: "{count} connections have not logged in yet.",
  },
  refusedTitle: "Not let in",
  refusedTimes: { one: "once", other: "{count} times" },
  refusedLast: ", last {time}",
  refusedReasons: {
    address:
      "This address may not connect as a PBX. If it is one, add it to CW_PBX_FROM.",
    login:
      "The login was not made with the App password: enter the same on the App object and below.",
    throttled:
      "Too many refused logins: this address has to wait for a minute.",
    "user-login":
      "A user in myApps whose login is not good: another App password, too late, or somebody guesses.",
    "user-denied":
      "A user in myApps without a role here. Roles are given under People.",
  },
  linked: "linked",
  linkedSince: "Since {time}, from {address}",
  notRegistered: "not registered",
  incomplete: "a right is missing",
  version: "Version",
  registration: "Registration",
  registered: "registered",
  pending: "pending",
  failed: "failed: {error}",
  none: "not granted",
  rights: "Rights",
  subscriptions: "Presence of agents",
  calls: "Calls",
  chats: "Chats",
  roundTrip: "Round trip",
  milliseconds: "{n} ms",
  unknown: "not measured yet",
  messages: "Messages",
  messagesText: "{received} received, {sent} sent, {problems} problems",
  errors: "Last problems",
  missingPbxSignal:
    "Calls and chats do not work: tick “PbxSignal” on the App object.",
  missingPbxApi:
    "The presence of agents is unknown, so all are offline: tick “PbxApi” on the App object.",
  missingPbxAdminApi:
    "Users cannot be searched, and groups, queues and Booleans are unknown. Addresses can be typed. To change this, tick “Admin” on the App object.",
  setUp: "App object",
  setUpLead: "What to enter on the PBX, in an object of type “App”:",
  url: "URL",
  urlLabel: "URL of the App object",
  copyUrl: "Copy URL",
  setUpName: "Long name “Contact Widgets”, name “widgets”",
  setUpPassword: "The password below, at most 15 characters",
  setUpWebsocket: "Tick “Websocket”",
  setUpRights: "Tick “PbxSignal” and “PbxApi”; “Admin” for the search of users",
  setUpAssign: "Assign the App to the users who may administer widgets",
  framers:
    "Users to whom the App is assigned open it in myApps at {origins} and are administrators here at once.",
  framersNone:
    "To open the App inside myApps, link a PBX that names its host, or set CW_PBX_ORIGINS.",
  password: "App password",
  passwordHint: "The same as in the App object. It is stored encrypted.",
  passwordEnvironment:
    "It is set in the environment (CW_PBX_PASSWORD) and cannot be changed here.",
  passwordStored: "A password is stored.",
  passwordNone: "No password is set: no PBX can log in.",
  passwordUnreadable:
    "The stored password cannot be read: the key has changed. Enter it again.",
  savePassword: "Save password",
  savedToast: "The password is saved. It counts from the next login on.",
  trace: "Trace",
  traceLead:
    "The last messages between PBXs and this service. Passwords, digests and what people write are left out.",
  traceFilter: "Filter",
  traceFilterPlaceholder: "Message, API, address …",
  traceEmpty: "No message yet.",
  traceNoMatch: "No message contains this.",
  traceSave: "Save as file",
  received: "received",
  sent: "sent",
  note: "note",
};

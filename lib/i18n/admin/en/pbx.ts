/** The PBX page: links, rights, the App object, troubleshooting. */
export const pbx = {
  title: "PBX",
  lead:
    "The innovaphone PBXs whose users answer visitors. A PBX connects to this service, so it needs no open inbound port.",
  noLinkTitle: "No PBX is linked",
  noLinkText:
    "Enter the password below, then create an App object on the PBX. It connects within seconds.",
  waiting: {
    one: "One connection has not logged in yet.",
    other: "{count} connections have not logged in yet.",
  },
  silent: {
    one:
      "One instance of the service did not answer. Its links are missing here.",
    other:
      "{count} instances of the service did not answer. Their links are missing here.",
  },
  refusedTitle: "Rejected connections",
  refusedTimes: { one: "once", other: "{count} times" },
  refusedLast: ", last {time}",
  refusedReasons: {
    address:
      "This address is not allowed to connect as a PBX. If it is one, add it to CW_PBX_FROM.",
    login:
      "The login was made with another App password. Enter the same password on the App object and below.",
    throttled:
      "Too many rejected logins. This address has to wait for a minute.",
    "user-login":
      "The login of a myApps user was invalid: another App password, too late, or a guess.",
    "user-denied":
      "A myApps user who has no role here. Assign roles under People.",
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
  instance: "Instance",
  errors: "Last problems",
  missingPbxSignal:
    "Calls and chats do not work. Tick “PbxSignal” on the App object.",
  missingPbxApi:
    "The presence of agents is unknown, so all are offline. Tick “PbxApi” on the App object.",
  missingPbxAdminApi:
    "Users cannot be searched, and groups, queues and Booleans are unknown. You can still enter addresses. To change this, tick “Admin” on the App object.",
  setUp: "App object",
  setUpLead: "What to enter on the PBX, in an object of type “App”:",
  url: "URL",
  urlLabel: "URL of the App object",
  copyUrl: "Copy URL",
  setUpName: "Long name “Contact Widgets”, name “widgets”",
  setUpPassword: "The password below, at most 15 characters",
  setUpWebsocket: "Tick “Websocket”",
  setUpRights: "Tick “PbxSignal” and “PbxApi”, and “Admin” to search for users",
  setUpAssign: "Assign the App to the users who should administer widgets",
  framers:
    "Users to whom the App is assigned can open it in myApps at {origins} and are administrators here immediately.",
  framersNone:
    "To open the App inside myApps, link a PBX that names its host, or set CW_PBX_ORIGINS.",
  password: "App password",
  passwordHint: "The same as in the App object. It is stored encrypted.",
  passwordEnvironment:
    "The password is set in the environment (CW_PBX_PASSWORD) and cannot be changed here.",
  passwordStored: "A password is stored.",
  passwordNone: "No password is set, so no PBX can log in.",
  passwordUnreadable:
    "The stored password cannot be read because the key has changed. Enter it again.",
  savePassword: "Save password",
  savedToast: "The password is saved. It applies from the next login on.",
  trace: "Trace",
  traceLead:
    "The last messages between PBXs and this service. Passwords, digests and chat messages are left out.",
  traceFilter: "Filter",
  traceFilterPlaceholder: "Message, API, address …",
  traceEmpty: "No messages yet.",
  traceNoMatch: "No matches.",
  traceSave: "Save as file",
  received: "received",
  sent: "sent",
  note: "note",
};

/** The texts of the desk. English says which there are. */
export const en = {
  title: "Desk",
  /** Title of the tab while something waits: `(2) Desk`. */
  titleWaiting: "({count}) {title}",
  presence: {
    label: "Your presence",
    online: "Online",
    away: "Away",
    busy: "Busy",
    dnd: "Do not disturb",
    offline: "Offline",
    onlineHint: "Visitors can call and write to you.",
    awayHint: "Visitors see you as away and cannot reach you.",
    busyHint: "Visitors see you as busy and cannot reach you.",
    dndHint: "Nothing rings. Visitors cannot reach you.",
    offlineHint: "Visitors see nobody here.",
    notConnected: "Not connected: visitors cannot reach you now.",
    inCall: "You are in a call: visitors see you as busy.",
    notStored:
      "Your presence could not be saved yet. It applies, and saving is retried automatically.",
  },
  /** In the bar of all other pages. */
  status: {
    online: "Online",
    away: "Away",
    busy: "Busy",
    dnd: "Do not disturb",
    offline: "Offline",
    waiting: "{presence} · {count} waiting",
  },
  widgets: {
    none: "You are in no widget yet, so visitors cannot reach you.",
    add: "Add yourself to a widget",
    ask: "Ask an administrator to add you to one.",
    some: "Visitors reach you through:",
  },
  link: {
    connecting: "Connecting …",
    lost:
      "Connection lost. Trying again by itself; nothing that you write is lost.",
    tryNow: "Try now",
    signedOut: "You are signed out. Visitors cannot reach you.",
    signIn: "Sign in",
  },
  list: {
    label: "Conversations",
    waiting: "Waiting",
    running: "Running",
    ended: "Ended",
    none: "No conversations yet",
    unread: { one: "{count} unread message", other: "{count} unread messages" },
    now: "now",
    minutes: "{count} min",
    typing: "is typing …",
    /** Missed, and not seen by the agent. */
    unseen: "new",
  },
  kind: {
    chat: "Chat",
    voice: "Call",
    video: "Video call",
  },
  someone: "Visitor",
  ring: {
    chat: "{name} wants to chat",
    voice: "{name} is calling",
    video: "{name} is calling with video",
    from: "from “{page}”",
    waits: "waiting for {time}",
    join: "Join chat",
    answer: "Answer",
    answerVoice: "Answer with voice",
    answerVideo: "Answer with video",
    decline: "Decline",
    more: { one: "+{count} waiting", other: "+{count} waiting" },
    busy: "End your call to answer this one.",
    unable: "You cannot answer calls in this browser.",
  },
  empty: {
    title: "All quiet",
    running: {
      one: "{count} conversation is running. Choose it in the list.",
      other: "{count} conversations are running. Choose one in the list.",
    },
    text:
      "When a visitor calls or writes, it rings here. Keep this page open: closing it means offline.",
    notOnline: "You are not online: visitors cannot reach you.",
    goOnline: "Go online",
  },
  alerts: {
    label: "Ringing",
    sound: "Sound",
    soundReady: "Calls and messages can be heard.",
    soundLocked: "Browsers stay silent until you press something on the page.",
    test: "Test sound",
    stop: "Stop",
    notify: "Notifications",
    notifyAsk: "Shown when another window is in front.",
    notifyAllow: "Allow",
    notifyOn: "Allowed",
    notifyOff: "Blocked in the browser's settings for this page.",
    notifyNone: "Not supported by this browser.",
    notifyFailed: "Allowed, but this browser could not show one.",
  },
  chat: {
    messages: "Messages",
    field: "Message",
    placeholder: "Write a message",
    help: "Enter sends, Shift+Enter begins a new line",
    send: "Send",
    /** `{n}` is the limit. */
    tooLong: "At most {n} characters. Shorten the message to send it.",
    leave: "End chat",
    leaveTitle: "End the chat with {name}?",
    leaveText: "The visitor sees that the conversation is over.",
    leaveKeep: "Keep chatting",
    typing: "{name} is typing …",
    sending: "sending …",
    notSent: "not sent",
    sent: "sent",
    read: "read",
    /** After the end: the visitor's page may not have received them. */
    notRead: { one: "not read", other: "{count} messages not read" },
    newest: "New messages",
    you: "You",
    nothing: "{name} has not written anything yet.",
    away:
      "{name} is not connected at the moment. Messages are kept for {seconds} seconds; then the chat ends.",
    joining: "Joining …",
    waiting: "{name} waits for an answer.",
  },
  call: {
    label: "Call with {name}",
    own: "Your picture",
    remote: "Picture of {name}",
    asking: "The browser asks for your microphone …",
    connecting: "Connecting …",
    connected: "Connected",
    reconnecting: "The connection is weak. Trying again …",
    held: "On hold: you do not hear each other",
    elsewhere: "You have this call in another window.",
    mute: "Mute",
    unmute: "Unmute",
    muted: "You are muted",
    camera: "Camera",
    hold: "Hold",
    resume: "Resume",
    hangUp: "Hang up",
    ending: "Ending …",
    keys: "Keys pressed",
  },
  trouble: {
    "microphone-denied":
      "The browser does not let this page use the microphone. Allow it beside the address, then wait for the next call.",
    "microphone-missing":
      "No microphone was found. Connect one; it is used from the next call on.",
    "microphone-busy":
      "The microphone is used by another program. Close that program, then wait for the next call.",
    "microphone-late":
      "The browser did not open the microphone in time. Answer its question beside the address, or reload the page, then wait for the next call.",
    "camera-denied":
      "The browser does not let this page use the camera. The call goes on with voice.",
    "camera-missing": "No camera was found. The call goes on with voice.",
    "camera-busy":
      "The camera is used by another program. The call goes on with voice.",
    "camera-late":
      "The browser did not open the camera in time. The call goes on with voice.",
    insecure:
      "Calls need a secure address: open the desk with https:// or on this computer as localhost.",
    unsupported:
      "This browser cannot make calls. Answer calls in a current Chrome, Edge, Firefox or Safari; chats work here.",
    failed: "Sound and picture could not be set up.",
  },
  /** About the agent's own devices, during a call. */
  notice: {
    asking:
      "The browser is waiting for you: answer its question about the microphone or camera.",
    microphoneSilent:
      "The visitor cannot hear you: a switch, the system or another program has muted your microphone.",
    microphoneLost:
      "The visitor cannot hear you: the microphone was disconnected. Connect one to continue.",
    cameraSilent: "Your camera is sending no picture at the moment.",
    cameraLost:
      "The camera was disconnected. Turn it on again when it is back.",
    deviceReplaced: "A device stopped working. You are now using another one.",
  },
  over: {
    missed: "Missed",
    declined: "Declined",
    youDeclined: "You declined.",
    ended: "Ended",
    chatEnded: "This chat is over.",
    cancelled: "{name} did not wait any longer.",
    failed: "The connection broke.",
    away: "{name} was no longer connected.",
    busy: "You were in another call.",
    reload: "The visitor can start a new one on the website.",
  },
  details: {
    label: "Visitor",
    show: "Details",
    hide: "Hide details",
    name: "Name",
    page: "Page",
    referrer: "Came from",
    widget: "Widget",
    language: "Language",
    consent: "Consent",
    agreed: "Given, version",
    since: "Since",
    duration: "Duration",
    unknown: "not said",
    notTold: "This widget does not tell the page.",
  },
  leave: {
    title: "Leave the desk?",
    call: "You are in a call, which will end.",
    chats: {
      one: "{count} chat is running.",
      other: "{count} chats are running.",
    },
    offline:
      "Visitors will see you as offline unless the desk is open in another tab.",
    confirm: "Leave the desk",
    cancel: "Stay",
  },
  back: "Back to the list",
  close: "Close",
  noRole: {
    title: "The desk is for agents",
    text:
      "Your account does not have the role “agent”, so no call or chat can ring here.",
    admin: "Give yourself the role on the page “People”.",
    ask: "Ask an administrator to give your account the role.",
    people: "To People",
  },
};

import { callbacks } from "./callbacks_en.ts";
import { handover } from "./handover_en.ts";
import { push } from "./push_en.ts";
import { replies } from "./replies_en.ts";
import { status } from "./status_en.ts";

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
    /** Instead of the one before, outside the opening hours of all widgets. */
    closed: "It is outside your opening hours, so visitors cannot reach you.",
    awayHint: "Visitors see you as away and cannot reach you.",
    busyHint: "Visitors see you as busy and cannot reach you.",
    dndHint: "Nothing rings. Visitors cannot reach you.",
    offlineHint: "Visitors see you as offline.",
    notConnected: "Not connected. Visitors cannot reach you right now.",
    inCall: "You are in a call, so visitors see you as busy.",
    notStored:
      "Your presence applies but could not be saved yet. Saving is retried automatically.",
  },
  status,
  widgets: {
    none: "You are not in any widget yet, so visitors cannot reach you.",
    add: "Add yourself to a widget",
    ask: "Ask an administrator to add you to one.",
    some: "Visitors reach you through:",
  },
  connection: {
    connecting: "Connecting …",
    lost: "Connection lost. Reconnecting … Your messages are kept.",
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
    /** Nobody writes, so the chat is about to end. */
    idle: "closes soon",
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
    /** A colleague hands it over. */
    offered: "{by} hands over the chat with {name}",
    offeredCall: "{by} hands over the call with {name}",
    /** A colleague keeps it, too. */
    invited: "{by} invites you to the chat with {name}",
    from: "from “{page}”",
    waits: "waiting {time}",
    join: "Join chat",
    answer: "Answer",
    answerVoice: "Answer with voice",
    answerVideo: "Answer with video",
    decline: "Decline",
    more: { one: "+{count} waiting", other: "+{count} waiting" },
    busy: "End your call to answer this one.",
    unable: "You cannot answer calls in this browser.",
  },
  callbacks,
  empty: {
    title: "All quiet",
    running: {
      one: "{count} conversation is running. Choose it in the list.",
      other: "{count} conversations are running. Choose one in the list.",
    },
    text:
      "When a visitor calls or writes, this page rings. Keep it or another page of this service open. Closing the last one takes you offline.",
    notOnline: "You are not online, so visitors cannot reach you.",
    goOnline: "Go online",
  },
  alerts: {
    label: "Ringing",
    sound: "Sound",
    soundReady: "Calls and messages play a sound.",
    soundLocked: "Browsers stay silent until you click something on the page.",
    test: "Test sound",
    stop: "Stop",
    notify: "Notifications",
    notifyAsk: "Shown when another window is in front.",
    notifyAllow: "Allow",
    notifyOn: "Allowed",
    notifyOff: "Blocked in the browser's settings for this page.",
    notifyNone: "Not supported by this browser.",
    notifyFailed: "Allowed, but this browser could not show a notification.",
  },
  push,
  app: {
    title: "Desk as an app",
    text: "With its own icon and window.",
    install: "Install",
  },
  chat: {
    messages: "Messages",
    field: "Message",
    placeholder: "Write a message",
    help: "Enter to send, Shift+Enter for a new line",
    send: "Send",
    /** `{n}` is the limit. */
    tooLong: "At most {n} characters. Shorten the message to send it.",
    leave: "End chat",
    leaveTitle: "End the chat with {name}?",
    leaveText: "The visitor sees that the conversation has ended.",
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
    waiting: "{name} is waiting for an answer.",
    /** `{time}` is a time of day. */
    idle: "This chat will close at {time} because nobody is writing.",
    keep: "Keep it open",
  },
  handover,
  replies,
  call: {
    label: "Call with {name}",
    own: "Your video",
    remote: "Video of {name}",
    asking: "The browser is asking for your microphone …",
    connecting: "Connecting …",
    connected: "Connected",
    reconnecting: "The connection is weak. Reconnecting …",
    held: "On hold: you cannot hear each other",
    elsewhere: "This call is in another window.",
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
      "The browser blocks the microphone on this page. Allow it next to the address, then wait for the next call.",
    "microphone-missing":
      "No microphone was found. Connect one before the next call.",
    "microphone-busy":
      "Another program is using the microphone. Close that program, then wait for the next call.",
    "microphone-late":
      "The browser did not open the microphone in time. Answer its prompt next to the address, or reload the page, then wait for the next call.",
    "camera-denied":
      "The browser blocks the camera on this page. The call continues with voice.",
    "camera-missing": "No camera was found. The call continues with voice.",
    "camera-busy":
      "Another program is using the camera. The call continues with voice.",
    "camera-late":
      "The browser did not open the camera in time. The call continues with voice.",
    insecure:
      "Calls need a secure address. Open the desk with https://, or as localhost on this computer.",
    unsupported:
      "This browser cannot make calls. Answer calls in a current Chrome, Edge, Firefox or Safari; chats work here.",
    failed: "Audio and video could not be set up.",
  },
  /** About the agent's own devices, during a call. */
  notice: {
    asking:
      "The browser is waiting for you. Answer its prompt for the microphone or camera.",
    microphoneSilent:
      "The visitor cannot hear you: a switch, the system or another program has muted your microphone.",
    microphoneLost:
      "The visitor cannot hear you: the microphone was disconnected. Connect one to continue.",
    cameraSilent: "Your camera is not sending video at the moment.",
    cameraLost:
      "The camera was disconnected. Turn it on again when it is back.",
    deviceReplaced: "A device stopped working. You are now using another one.",
  },
  over: {
    missed: "Missed",
    declined: "Declined",
    elsewhere: "Answered by a colleague",
    byColleague: "A colleague has answered.",
    youDeclined: "You declined.",
    ended: "Ended",
    chatEnded: "This chat has ended.",
    idle: "Nobody had written for a while.",
    cancelled: "{name} stopped waiting.",
    failed: "The connection was lost.",
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
    unknown: "not given",
    notTold: "This widget does not share the page.",
  },
  block: {
    button: "Block visitor",
    title: "Block this visitor?",
    lead:
      "The visitor sees all agents as not available, and a running contact ends. Nothing says that they are blocked.",
    time: "For",
    times: {
      hour: "An hour",
      day: "A day",
      week: "A week",
      permanent: "Permanently",
    },
    network: "Everybody at the same network address",
    networkHint:
      "Needed if the visitor comes back in a new tab. In an office or a mobile network it blocks everybody who shares the address.",
    visitOnly:
      "Only this visit is blocked. The visitor can come back in a new tab.",
    noNetwork:
      "Only this visit can be blocked, because its network address may be that of a proxy with many visitors.",
    confirm: "Block",
    cancel: "Cancel",
    done: "The visitor is blocked.",
    tooOld: "This visitor can no longer be blocked.",
    tooMany:
      "There are too many blocked visitors. An administrator has to end some of these blocks.",
    failed: "The visitor could not be blocked. Try again.",
  },
  leave: {
    title: "Leave the desk?",
    call: "You are in a call, which will end.",
    chats: {
      one: "{count} chat is running.",
      other: "{count} chats are running.",
    },
    offline:
      "Visitors will see you as offline if you sign out or close your last page of this service.",
    confirm: "Leave the desk",
    cancel: "Stay",
  },
  back: "Back to the list",
  close: "Close",
  noRole: {
    title: "The desk is for agents",
    text:
      "Your account does not have the role “agent”, so no call or chat can ring here.",
    admin: "Give yourself the role on the People page.",
    ask: "Ask an administrator to give your account the role.",
    people: "Go to People",
  },
};

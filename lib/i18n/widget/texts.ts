/**
 * The texts for visitors, by key. `{name}` is a placeholder for a value. Each
 * language is a file in this folder and has exactly these keys: a missing or an
 * additional key does not compile.
 */
export type WidgetTexts = {
  /** Heading of a sidebar without its own title. */
  title: string;
  close: string;
  back: string;
  cancel: string;
  /** Shown instead of cards, and of the launcher's presence. */
  nobody: string;
  online: string;
  away: string;
  busy: string;
  dnd: string;
  offline: string;
  /** The answer to a contact outside opening hours. */
  closed: string;
  /** When agents can be reached again, in the visitor's time zone: `{time}`, and
   * `{day}` is a weekday, or a day and its month. */
  backToday: string;
  backTomorrow: string;
  backOn: string;
  /** Buttons of a card, and their labels for screen readers. */
  call: string;
  callName: string;
  video: string;
  videoName: string;
  chat: string;
  chatName: string;
  /** Labels of the company's numbers. */
  phone: string;
  fax: string;
  /** Answer of a button in the admin's preview. */
  previewOnly: string;
  connectionLost: string;
  /** The service is available, but the code for a click is not, because the
   * page was opened long before an update. */
  outdated: string;
  tooMany: string;
  /** The visitor chose another agent than the one of the running chat or call. */
  otherRunning: string;
  /** Shown during the proof of work before a contact, and if it failed. */
  proving: string;
  proofFailed: string;
  /** Unread chat messages; `{count}`. */
  unread: string;

  /** Before the first message or call. */
  yourName: string;
  consentTitle: string;
  consentAgree: string;

  message: string;
  messageHint: string;
  chatHello: string;
  send: string;
  sending: string;
  sent: string;
  read: string;
  /** Below a message that was not sent before the chat ended. */
  notSent: string;
  /** Button below the list when new messages are out of view. */
  newMessages: string;
  /** Why Send is disabled: a message or a name is too long; `{max}`. */
  tooLong: string;
  you: string;
  typing: string;
  /** Lines of a chat about the agent; `{name}`. */
  notified: string;
  joined: string;
  left: string;
  chatEnded: string;
  chatUnanswered: string;
  /** Shown while an idle chat is about to end: `{time}` is when, and the button
   * keeps it. Then the line after that end. */
  idle: string;
  keepChat: string;
  closedIdle: string;
  endChat: string;
  /** Question before a chat ends; `endChat` and `cancel` are the answers. */
  endAsk: string;
  saveChat: string;
  newChat: string;

  /** Shown while a team's agents are all busy: the visitor's place, the next
   * place, and `{time}`, such as "4 minutes". The button ends the waiting. */
  queued: string;
  queuedNext: string;
  queuedTime: string;
  leaveQueue: string;

  /** The form for a message, which a widget has if it takes messages: its button
   * without an agent and, for screen readers, with one. */
  leaveMessage: string;
  leaveName: string;
  leaveLead: string;
  replyTo: string;
  /** Why the form was not sent. */
  replyMissing: string;
  agree: string;
  agreeMissing: string;
  leftThanks: string;
  /** The reference number follows this text instead of `{number}`. */
  leftNumber: string;
  leaveFailed: string;
  leaveAnother: string;
  /** The agent has come back; `{name}`. */
  availableNow: string;
  /** The box of the form with which the visitor asks for a call, and its fields.
   */
  callback: string;
  callbackNumber: string;
  callbackWhen: string;
  callbackSoon: string;
  callbackThanks: string;
  /** Why the callback was not requested. */
  numberWrong: string;
  numberRefused: string;
  slotTaken: string;

  /** States of a call. */
  preparing: string;
  calling: string;
  ringing: string;
  connected: string;
  held: string;
  reconnecting: string;
  hangUp: string;
  mute: string;
  cameraOff: string;
  cameraOn: string;
  keypad: string;
  /** Below the keypad while no key can be sent: before audio flows, or on
   * hold. */
  noKeys: string;
  fullScreen: string;
  pictureInPicture: string;
  shareScreen: string;
  devices: string;
  microphone: string;
  camera: string;
  speaker: string;
  level: string;
  ownPicture: string;
  remotePicture: string;
  playSound: string;
  qualityGood: string;
  qualityFair: string;
  qualityPoor: string;
  callAgain: string;
  /** The reason why a call ended. */
  ended: string;
  endedBusy: string;
  endedNoAnswer: string;
  endedRejected: string;
  endedLine: string;
  endedMedia: string;
  endedLost: string;
  /** The reason why a call cannot begin, and what the visitor can do. */
  noPermission: string;
  /** The host page forbids it: a frame without `allow`, or its own policy. */
  blockedByPage: string;
  /** Inside a social network's app, which has no such permission. */
  inAppBrowser: string;
  noDevice: string;
  deviceBusy: string;
  deviceLate: string;
  callFailed: string;
  noCamera: string;
  insecurePage: string;
  noWebrtc: string;

  /** Notices about the visitor's own devices, during a call. */
  asking: string;
  microphoneSilent: string;
  microphoneLost: string;
  cameraSilent: string;
  cameraLost: string;
  deviceReplaced: string;
  /** Shown instead of the list of devices. */
  noDevices: string;
};

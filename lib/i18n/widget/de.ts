import type { WidgetTexts } from "./texts.ts";

export const de: WidgetTexts = {
  title: "Wie können wir helfen?",
  close: "Schließen",
  back: "Zurück",
  cancel: "Abbrechen",
  nobody: "Gerade ist niemand erreichbar.",
  online: "Erreichbar",
  away: "Abwesend",
  busy: "Beschäftigt",
  dnd: "Bitte nicht stören",
  offline: "Nicht erreichbar",
  closed: "Wir haben gerade geschlossen.",
  backToday: "Ab {time} Uhr wieder da",
  backTomorrow: "Morgen ab {time} Uhr wieder da",
  backOn: "Ab {day}, {time} Uhr wieder da",
  call: "Anrufen",
  callName: "{name} anrufen",
  video: "Video",
  videoName: "Video mit {name}",
  chat: "Chat",
  chatName: "Chat mit {name}",
  phone: "Telefon",
  fax: "Fax",
  previewOnly:
    "Dies ist eine Vorschau. Die Schaltfläche funktioniert auf Ihrer Website.",
  connectionLost: "Die Verbindung ist unterbrochen und wird neu aufgebaut …",
  outdated: "Diese Seite ist veraltet. Bitte laden Sie sie neu.",
  tooMany: "Zu viele Anfragen. Bitte versuchen Sie es gleich noch einmal.",
  otherRunning:
    "Sie sprechen schon mit {name}. Beenden Sie dieses Gespräch, bevor Sie ein neues beginnen.",
  proving:
    "Einen Moment: Ihr Browser führt eine kurze Prüfung zum Schutz vor Bots durch.",
  proofFailed:
    "Die kurze Prüfung zum Schutz vor Bots ist fehlgeschlagen. Bitte versuchen Sie es noch einmal.",
  unread: "Ungelesene Nachrichten: {count}",

  yourName: "Ihr Name (optional)",
  consentTitle: "Bevor es losgeht",
  consentAgree: "Zustimmen und weiter",

  message: "Nachricht",
  messageHint: "Nachricht schreiben",
  chatHello: "Sie schreiben an {name}.",
  send: "Senden",
  sending: "Wird gesendet",
  sent: "Gesendet",
  read: "Gelesen",
  notSent: "Nicht gesendet",
  newMessages: "Neue Nachrichten",
  tooLong: "Das ist zu lang. Höchstens {max} Zeichen sind möglich.",
  you: "Sie",
  typing: "{name} schreibt …",
  notified: "{name} wurde benachrichtigt.",
  joined: "{name} ist dem Chat beigetreten.",
  left: "{name} hat den Chat verlassen.",
  chatEnded: "Der Chat ist beendet.",
  chatUnanswered: "{name} konnte nicht antworten.",
  idle: "Dieser Chat wird um {time} beendet, weil niemand schreibt.",
  keepChat: "Chat offen lassen",
  closedIdle:
    "Der Chat wurde beendet, weil längere Zeit niemand geschrieben hat.",
  endChat: "Chat beenden",
  endAsk: "Diesen Chat beenden?",
  saveChat: "Chat speichern",
  newChat: "Neuer Chat",

  queued: "Sie sind Nummer {position} in der Warteschlange.",
  queuedNext: "Sie sind als Nächstes an der Reihe.",
  queuedTime: "Wartezeit: etwa {time}.",
  leaveQueue: "Warteschlange verlassen",

  leaveMessage: "Nachricht hinterlassen",
  leaveName: "Nachricht an {name}",
  leaveLead: "Hinterlassen Sie eine Nachricht. Wir melden uns bei Ihnen.",
  replyTo: "E-Mail-Adresse oder Telefonnummer",
  replyMissing:
    "Bitte geben Sie eine E-Mail-Adresse oder Telefonnummer an, damit wir antworten können.",
  agree: "Ich stimme zu.",
  agreeMissing: "Bitte stimmen Sie zuerst dem Text zu.",
  leftThanks: "Vielen Dank. Ihre Nachricht ist angekommen.",
  leftNumber: "Kennung: {number}",
  leaveFailed:
    "Ihre Nachricht konnte nicht gesendet werden. Bitte versuchen Sie es später noch einmal.",
  leaveAnother: "Weitere Nachricht schreiben",
  availableNow: "{name} ist jetzt erreichbar.",
  callback: "Bitte rufen Sie mich zurück",
  callbackNumber: "Ihre Telefonnummer",
  callbackWhen: "Wann sollen wir Sie anrufen?",
  callbackSoon: "So bald wie möglich",
  callbackThanks: "Vielen Dank. Wir rufen Sie an.",
  numberWrong:
    "Bitte geben Sie Ihre vollständige Telefonnummer an, aus dem Ausland mit Landesvorwahl.",
  numberRefused:
    "Diese Nummer können wir nicht anrufen. Bitte geben Sie eine andere an.",
  slotTaken:
    "Dieser Termin ist nicht mehr frei. Bitte wählen Sie einen anderen.",

  preparing: "Anruf wird vorbereitet …",
  calling: "Verbindung wird aufgebaut …",
  ringing: "Es klingelt …",
  connected: "Verbunden",
  held: "{name} hält das Gespräch.",
  reconnecting: "Die Verbindung ist unterbrochen und wird neu aufgebaut …",
  hangUp: "Auflegen",
  mute: "Stumm",
  cameraOff: "Kamera aus",
  cameraOn: "Kamera an",
  keypad: "Tastenfeld",
  noKeys: "Wähltöne können gerade nicht gesendet werden.",
  fullScreen: "Vollbild",
  pictureInPicture: "Bild-in-Bild",
  shareScreen: "Bildschirm teilen",
  devices: "Mikrofon, Kamera, Lautsprecher",
  microphone: "Mikrofon",
  camera: "Kamera",
  speaker: "Lautsprecher",
  level: "Mikrofonpegel",
  ownPicture: "Ihr Video",
  remotePicture: "Video von {name}",
  playSound: "Ton einschalten",
  qualityGood: "Gute Verbindung",
  qualityFair: "Instabile Verbindung",
  qualityPoor: "Schlechte Verbindung",
  callAgain: "Noch einmal anrufen",
  ended: "Das Gespräch ist beendet.",
  endedBusy: "{name} ist in einem anderen Gespräch.",
  endedNoAnswer: "{name} hat den Anruf nicht angenommen.",
  endedRejected: "{name} kann den Anruf gerade nicht annehmen.",
  endedLine: "{name} ist im Moment nicht erreichbar.",
  endedMedia: "Diese Art von Anruf ist mit {name} nicht möglich.",
  endedLost: "Das Gespräch wurde beendet, weil die Verbindung abgebrochen ist.",
  noPermission:
    "Der Browser blockiert das Mikrofon. Bitte erlauben Sie es in der Adresszeile und rufen Sie noch einmal an.",
  blockedByPage:
    "Diese Website sperrt hier das Mikrofon, deshalb können Sie nicht anrufen. Wenn sie in einer anderen Seite angezeigt wird, öffnen Sie sie in einem eigenen Tab.",
  inAppBrowser:
    "Der Browser in dieser App gibt das Mikrofon nicht frei. Öffnen Sie die Seite in Ihrem eigenen Browser und rufen Sie dann erneut an.",
  noDevice:
    "Es wurde kein Mikrofon gefunden. Bitte schließen Sie eines an und rufen Sie noch einmal an.",
  deviceBusy:
    "Ein anderes Programm verwendet Mikrofon oder Kamera. Bitte schließen Sie es und rufen Sie noch einmal an.",
  deviceLate:
    "Der Browser hat das Mikrofon nicht rechtzeitig geöffnet. Bitte beantworten Sie seine Abfrage und rufen Sie noch einmal an.",
  callFailed:
    "Der Browser konnte den Anruf nicht aufbauen. Bitte rufen Sie noch einmal an.",
  noCamera:
    "Die Kamera kann nicht verwendet werden. Das Gespräch läuft mit Ton weiter.",
  insecurePage:
    "Anrufe brauchen eine sichere Seite. Bitte öffnen Sie diese Seite mit https.",
  noWebrtc:
    "Dieser Browser unterstützt keine Anrufe. Bitte verwenden Sie einen aktuellen.",

  asking:
    "Ihr Browser wartet auf Sie. Bitte beantworten Sie seine Abfrage zu Mikrofon oder Kamera.",
  microphoneSilent:
    "Man hört Sie nicht: Ein Schalter, das System oder ein anderes Programm hat Ihr Mikrofon stummgeschaltet.",
  microphoneLost:
    "Man hört Sie nicht: Ihr Mikrofon wurde getrennt. Bitte schließen Sie eines an.",
  cameraSilent: "Ihre Kamera sendet gerade kein Bild.",
  cameraLost: "Ihre Kamera wurde getrennt.",
  deviceReplaced: "Ein Gerät ist ausgefallen. Sie verwenden jetzt ein anderes.",
  noDevices: "Es wurden keine Geräte gefunden.",
};

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
  call: "Anrufen",
  callName: "Anrufen: {name}",
  video: "Video",
  videoName: "Video mit {name}",
  chat: "Chat",
  chatName: "Chat mit {name}",
  phone: "Telefon",
  fax: "Fax",
  previewOnly:
    "Dies ist eine Vorschau. Auf Ihrer Website stellt diese Taste den Kontakt her.",
  connectionLost: "Die Verbindung ist unterbrochen. Neuer Versuch …",
  outdated: "Diese Seite ist veraltet. Bitte laden Sie sie neu.",
  tooMany: "Das war viel auf einmal. Bitte gleich noch einmal versuchen.",
  otherRunning:
    "Sie sprechen schon mit {name}. Beenden Sie dieses Gespräch, bevor Sie ein neues beginnen.",
  proving:
    "Einen Moment: Ihr Browser rechnet kurz etwas aus, das Roboter fernhält.",
  proofFailed:
    "Die kurze Prüfung gegen Roboter ist nicht gelungen. Bitte noch einmal versuchen.",
  unread: "Ungelesene Nachrichten: {count}",

  yourName: "Ihr Name (freiwillig)",
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
  tooLong: "Das ist zu lang. Maximale Zeichenzahl: {max}.",
  you: "Sie",
  typing: "{name} schreibt …",
  notified: "{name} wurde benachrichtigt.",
  joined: "{name} ist da.",
  left: "{name} hat den Chat verlassen.",
  chatEnded: "Der Chat ist beendet.",
  chatUnanswered: "{name} konnte nicht antworten.",
  endChat: "Chat beenden",
  endAsk: "Diesen Chat beenden?",
  saveChat: "Chat speichern",
  newChat: "Neuer Chat",

  preparing: "Anruf wird vorbereitet …",
  calling: "Verbindung wird aufgebaut …",
  ringing: "Es klingelt …",
  connected: "Verbunden",
  held: "{name} hat das Gespräch gehalten.",
  reconnecting: "Die Verbindung ist unterbrochen und wird neu aufgebaut …",
  hangUp: "Auflegen",
  mute: "Stumm",
  cameraOff: "Kamera aus",
  cameraOn: "Kamera an",
  keypad: "Wähltasten",
  noKeys: "Wähltöne können gerade nicht gesendet werden.",
  fullScreen: "Vollbild",
  pictureInPicture: "Bild im Bild",
  shareScreen: "Bildschirm teilen",
  devices: "Mikrofon, Kamera, Lautsprecher",
  microphone: "Mikrofon",
  camera: "Kamera",
  speaker: "Lautsprecher",
  level: "Pegel des Mikrofons",
  ownPicture: "Ihr Bild",
  remotePicture: "Bild von {name}",
  playSound: "Ton einschalten",
  qualityGood: "Gute Verbindung",
  qualityFair: "Unruhige Verbindung",
  qualityPoor: "Schlechte Verbindung",
  callAgain: "Noch einmal anrufen",
  ended: "Das Gespräch ist beendet.",
  endedBusy: "{name} spricht gerade.",
  endedNoAnswer: "{name} hat nicht abgenommen.",
  endedRejected: "{name} kann den Anruf gerade nicht annehmen.",
  endedLine: "{name} ist im Moment nicht erreichbar.",
  endedMedia: "Diese Art von Anruf ist mit {name} nicht möglich.",
  endedLost: "Das Gespräch ist mit der Verbindung abgebrochen.",
  noPermission:
    "Der Browser darf das Mikrofon nicht benutzen. Bitte in der Adresszeile erlauben und noch einmal anrufen.",
  blockedByPage:
    "Diese Website sperrt hier das Mikrofon, deshalb können Sie nicht anrufen. Wenn sie in einer anderen Seite angezeigt wird, öffnen Sie sie in einem eigenen Tab.",
  inAppBrowser:
    "Der Browser in dieser App gibt das Mikrofon nicht frei. Öffnen Sie die Seite in Ihrem eigenen Browser und rufen Sie dann erneut an.",
  noDevice:
    "Es wurde kein Mikrofon gefunden. Bitte eines anschließen und noch einmal anrufen.",
  deviceBusy:
    "Ein anderes Programm benutzt Mikrofon oder Kamera. Bitte schließen und noch einmal anrufen.",
  deviceLate:
    "Der Browser hat das Mikrofon nicht rechtzeitig geöffnet. Bitte seine Frage suchen und noch einmal anrufen.",
  callFailed:
    "Der Browser konnte den Anruf nicht aufbauen. Bitte noch einmal anrufen.",
  noCamera:
    "Die Kamera kann nicht benutzt werden. Das Gespräch läuft mit Ton weiter.",
  insecurePage:
    "Anrufe brauchen eine sichere Seite. Bitte die Seite mit https öffnen.",
  noWebrtc:
    "Dieser Browser kann nicht anrufen. Bitte einen aktuellen benutzen.",

  asking:
    "Ihr Browser wartet auf Sie: Bitte seine Frage nach Mikrofon oder Kamera beantworten.",
  microphoneSilent:
    "Man hört Sie nicht: Ein Schalter, das System oder ein anderes Programm hat Ihr Mikrofon stummgeschaltet.",
  microphoneLost:
    "Man hört Sie nicht: Ihr Mikrofon wurde getrennt. Bitte eines anschließen.",
  cameraSilent: "Ihre Kamera sendet gerade kein Bild.",
  cameraLost: "Ihre Kamera wurde getrennt.",
  deviceReplaced: "Ein Gerät ist ausgefallen. Sie benutzen jetzt ein anderes.",
  noDevices: "Der Browser zeigt keine Geräte an.",
};

import type { DeskTexts } from "./texts.ts";

export const de: DeskTexts = {
  title: "Arbeitsplatz",
  titleWaiting: "({count}) {title}",
  presence: {
    label: "Ihre Präsenz",
    online: "Online",
    away: "Abwesend",
    busy: "Beschäftigt",
    dnd: "Nicht stören",
    offline: "Offline",
    onlineHint: "Besucher können Sie anrufen und Ihnen schreiben.",
    awayHint: "Besucher sehen Sie als abwesend und erreichen Sie nicht.",
    busyHint: "Besucher sehen Sie als beschäftigt und erreichen Sie nicht.",
    dndHint: "Nichts klingelt. Besucher erreichen Sie nicht.",
    offlineHint: "Besucher sehen hier niemanden.",
    notConnected: "Nicht verbunden: Besucher erreichen Sie gerade nicht.",
    inCall: "Sie sind im Gespräch: Besucher sehen Sie als beschäftigt.",
    notStored:
      "Ihre Präsenz konnte noch nicht gespeichert werden. Sie gilt, und das Speichern wird automatisch wiederholt.",
  },
  status: {
    online: "Online",
    away: "Abwesend",
    busy: "Beschäftigt",
    dnd: "Nicht stören",
    offline: "Offline",
    waiting: "{presence} · {count} warten",
  },
  widgets: {
    none:
      "Sie sind noch in keinem Widget, deshalb können Besucher Sie nicht erreichen.",
    add: "In ein Widget eintragen",
    ask: "Bitten Sie einen Administrator, Sie in eines einzutragen.",
    some: "Besucher erreichen Sie über:",
  },
  link: {
    connecting: "Verbinden …",
    lost:
      "Verbindung verloren. Der Arbeitsplatz verbindet sich automatisch wieder. Was Sie inzwischen schreiben, bleibt erhalten.",
    tryNow: "Jetzt versuchen",
    signedOut: "Sie sind abgemeldet. Besucher erreichen Sie nicht.",
    signIn: "Anmelden",
  },
  list: {
    label: "Unterhaltungen",
    waiting: "Wartend",
    running: "Laufend",
    ended: "Beendet",
    none: "Noch keine Unterhaltungen",
    unread: {
      one: "{count} ungelesene Nachricht",
      other: "{count} ungelesene Nachrichten",
    },
    now: "jetzt",
    minutes: "{count} Min.",
    typing: "schreibt …",
    unseen: "neu",
  },
  kind: {
    chat: "Chat",
    voice: "Anruf",
    video: "Videoanruf",
  },
  someone: "Besucher",
  ring: {
    chat: "{name} möchte chatten",
    voice: "{name} ruft an",
    video: "{name} ruft mit Video an",
    from: "von „{page}“",
    waits: "Wartezeit {time}",
    join: "Chat annehmen",
    answer: "Annehmen",
    answerVoice: "Mit Sprache annehmen",
    answerVideo: "Mit Video annehmen",
    decline: "Ablehnen",
    more: { one: "+{count} wartet", other: "+{count} warten" },
    busy: "Beenden Sie Ihr Gespräch, um dieses anzunehmen.",
    unable: "In diesem Browser können Sie keine Anrufe annehmen.",
  },
  empty: {
    title: "Alles ruhig",
    running: {
      one: "{count} Gespräch läuft. Wählen Sie es in der Liste.",
      other: "{count} Gespräche laufen. Wählen Sie eines in der Liste.",
    },
    text:
      "Wenn ein Besucher anruft oder schreibt, klingelt es hier. Lassen Sie diese Seite offen: Wer sie schließt, ist offline.",
    notOnline: "Sie sind nicht online: Besucher erreichen Sie nicht.",
    goOnline: "Online gehen",
  },
  alerts: {
    label: "Klingeln",
    sound: "Ton",
    soundReady: "Anrufe und Nachrichten sind zu hören.",
    soundLocked:
      "Browser bleiben stumm, bis Sie auf der Seite etwas gedrückt haben.",
    test: "Ton testen",
    stop: "Stopp",
    notify: "Mitteilungen",
    notifyAsk: "Erscheinen, wenn ein anderes Fenster vorne ist.",
    notifyAllow: "Erlauben",
    notifyOn: "Erlaubt",
    notifyOff: "In den Einstellungen des Browsers für diese Seite gesperrt.",
    notifyNone: "Von diesem Browser nicht unterstützt.",
    notifyFailed: "Erlaubt, aber dieser Browser konnte keine anzeigen.",
  },
  chat: {
    messages: "Nachrichten",
    field: "Nachricht",
    placeholder: "Nachricht schreiben",
    help: "Enter sendet, Umschalt+Enter beginnt eine neue Zeile",
    send: "Senden",
    tooLong:
      "Höchstens {n} Zeichen. Kürzen Sie die Nachricht, um sie zu senden.",
    leave: "Chat beenden",
    leaveTitle: "Chat mit {name} beenden?",
    leaveText: "Der Besucher sieht, dass die Unterhaltung vorbei ist.",
    leaveKeep: "Weiter chatten",
    typing: "{name} schreibt …",
    sending: "wird gesendet …",
    notSent: "nicht gesendet",
    sent: "gesendet",
    read: "gelesen",
    notRead: {
      one: "nicht gelesen",
      other: "{count} Nachrichten nicht gelesen",
    },
    newest: "Neue Nachrichten",
    you: "Sie",
    nothing: "{name} hat noch nichts geschrieben.",
    away:
      "{name} ist gerade nicht verbunden. Nachrichten bleiben {seconds} Sekunden erhalten, dann endet der Chat.",
    joining: "Wird angenommen …",
    waiting: "{name} wartet auf eine Antwort.",
  },
  call: {
    label: "Gespräch mit {name}",
    own: "Ihr Bild",
    remote: "Bild von {name}",
    asking: "Der Browser fragt nach Ihrem Mikrofon …",
    connecting: "Verbinden …",
    connected: "Verbunden",
    reconnecting: "Die Verbindung ist schwach. Neuer Versuch …",
    held: "Gehalten: Sie hören einander nicht",
    elsewhere: "Sie führen dieses Gespräch in einem anderen Fenster.",
    mute: "Stumm",
    unmute: "Ton an",
    muted: "Sie sind stumm",
    camera: "Kamera",
    hold: "Halten",
    resume: "Fortsetzen",
    hangUp: "Auflegen",
    ending: "Wird beendet …",
    keys: "Gedrückte Tasten",
  },
  trouble: {
    "microphone-denied":
      "Der Browser lässt diese Seite nicht an das Mikrofon. Erlauben Sie es neben der Adresse; es gilt ab dem nächsten Anruf.",
    "microphone-missing":
      "Es wurde kein Mikrofon gefunden. Schließen Sie eines an; es gilt ab dem nächsten Anruf.",
    "microphone-busy":
      "Ein anderes Programm benutzt das Mikrofon. Schließen Sie es; der nächste Anruf geht dann.",
    "microphone-late":
      "Der Browser hat das Mikrofon nicht rechtzeitig geöffnet. Beantworten Sie seine Frage neben der Adresse oder laden Sie die Seite neu; es gilt ab dem nächsten Anruf.",
    "camera-denied":
      "Der Browser lässt diese Seite nicht an die Kamera. Das Gespräch läuft mit Sprache weiter.",
    "camera-missing":
      "Es wurde keine Kamera gefunden. Das Gespräch läuft mit Sprache weiter.",
    "camera-busy":
      "Ein anderes Programm benutzt die Kamera. Das Gespräch läuft mit Sprache weiter.",
    "camera-late":
      "Der Browser hat die Kamera nicht rechtzeitig geöffnet. Das Gespräch läuft mit Sprache weiter.",
    insecure:
      "Anrufe brauchen eine sichere Adresse: Öffnen Sie diese Seite mit https:// oder auf diesem Rechner als localhost.",
    unsupported:
      "Dieser Browser kann keine Anrufe. Nehmen Sie Anrufe in einem aktuellen Chrome, Edge, Firefox oder Safari an; Chats gehen hier.",
    failed: "Ton und Bild ließen sich nicht aufbauen.",
  },
  notice: {
    asking:
      "Der Browser wartet auf Sie: Beantworten Sie seine Frage nach Mikrofon oder Kamera.",
    microphoneSilent:
      "Der Besucher hört Sie nicht: Ein Schalter, das System oder ein anderes Programm hat Ihr Mikrofon stummgeschaltet.",
    microphoneLost:
      "Der Besucher hört Sie nicht: Das Mikrofon wurde getrennt. Schließen Sie eines an, dann geht es weiter.",
    cameraSilent: "Ihre Kamera sendet gerade kein Bild.",
    cameraLost:
      "Die Kamera wurde getrennt. Schalten Sie sie wieder ein, wenn sie zurück ist.",
    deviceReplaced:
      "Ein Gerät ist ausgefallen. Sie benutzen jetzt ein anderes.",
  },
  over: {
    missed: "Verpasst",
    declined: "Abgelehnt",
    youDeclined: "Sie haben abgelehnt.",
    ended: "Beendet",
    chatEnded: "Dieser Chat ist beendet.",
    cancelled: "{name} hat nicht länger gewartet.",
    failed: "Die Verbindung ist abgerissen.",
    away: "{name} war nicht mehr verbunden.",
    busy: "Sie waren in einem anderen Gespräch.",
    reload: "Der Besucher kann auf der Website einen neuen beginnen.",
  },
  details: {
    label: "Besucher",
    show: "Details",
    hide: "Details ausblenden",
    name: "Name",
    page: "Seite",
    referrer: "Kam von",
    widget: "Widget",
    language: "Sprache",
    consent: "Einwilligung",
    agreed: "Erteilt, Fassung",
    since: "Seit",
    duration: "Dauer",
    unknown: "nicht genannt",
    notTold: "Dieses Widget nennt die Seite nicht.",
  },
  leave: {
    title: "Arbeitsplatz verlassen?",
    call: "Sie sind in einem Gespräch, das dann endet.",
    chats: {
      one: "{count} Chat läuft.",
      other: "{count} Chats laufen.",
    },
    offline:
      "Besucher sehen Sie dann als offline, außer der Arbeitsplatz ist noch in einem anderen Tab geöffnet.",
    confirm: "Arbeitsplatz verlassen",
    cancel: "Bleiben",
  },
  back: "Zurück zur Liste",
  close: "Schließen",
  noRole: {
    title: "Hier antworten Agenten",
    text:
      "Ihr Konto hat die Rolle „Agent“ nicht; deshalb kann hier nichts klingeln.",
    admin: "Geben Sie sich die Rolle auf der Seite „Personen“.",
    ask: "Bitten Sie einen Administrator um die Rolle.",
    people: "Zu Personen",
  },
};

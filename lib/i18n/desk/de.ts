import { callbacks } from "./callbacks_de.ts";
import type { DeskTexts } from "./texts.ts";
import { handover } from "./handover_de.ts";
import { push } from "./push_de.ts";
import { replies } from "./replies_de.ts";
import { status } from "./status_de.ts";

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
    closed:
      "Außerhalb Ihrer Öffnungszeiten sind Sie für Besucher nicht erreichbar.",
    awayHint: "Besucher sehen Sie als abwesend und können Sie nicht erreichen.",
    busyHint:
      "Besucher sehen Sie als beschäftigt und können Sie nicht erreichen.",
    dndHint: "Es klingelt nicht. Besucher können Sie nicht erreichen.",
    offlineHint: "Besucher sehen Sie als offline.",
    notConnected:
      "Nicht verbunden. Besucher können Sie gerade nicht erreichen.",
    inCall:
      "Sie sind in einem Gespräch, deshalb sehen Besucher Sie als beschäftigt.",
    notStored:
      "Ihre Präsenz gilt, konnte aber noch nicht gespeichert werden. Das Speichern wird automatisch wiederholt.",
  },
  status,
  widgets: {
    none:
      "Sie sind noch in keinem Widget, deshalb können Besucher Sie nicht erreichen.",
    add: "Mich zu einem Widget hinzufügen",
    ask: "Bitten Sie einen Administrator, Sie zu einem Widget hinzuzufügen.",
    some: "Besucher erreichen Sie über:",
  },
  connection: {
    connecting: "Verbindung wird hergestellt …",
    lost:
      "Verbindung verloren. Sie wird automatisch wiederhergestellt. Ihre Nachrichten bleiben erhalten.",
    tryNow: "Jetzt versuchen",
    signedOut: "Sie sind abgemeldet. Besucher können Sie nicht erreichen.",
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
    idle: "endet bald",
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
    offered: "{by} übergibt den Chat mit {name}",
    offeredCall: "{by} übergibt den Anruf mit {name}",
    invited: "{by} lädt Sie in den Chat mit {name} ein",
    from: "von „{page}“",
    waits: "wartet {time}",
    join: "Chat annehmen",
    answer: "Annehmen",
    answerVoice: "Mit Sprache annehmen",
    answerVideo: "Mit Video annehmen",
    decline: "Ablehnen",
    more: { one: "+{count} wartet", other: "+{count} warten" },
    busy: "Beenden Sie Ihr Gespräch, um dieses anzunehmen.",
    unable: "In diesem Browser können Sie keine Anrufe annehmen.",
  },
  callbacks,
  empty: {
    title: "Alles ruhig",
    running: {
      one: "{count} Gespräch läuft. Wählen Sie es in der Liste.",
      other: "{count} Gespräche laufen. Wählen Sie eines in der Liste.",
    },
    text:
      "Wenn ein Besucher anruft oder schreibt, klingelt diese Seite. Lassen Sie sie oder eine andere Seite dieses Dienstes geöffnet. Wenn Sie die letzte schließen, sind Sie offline.",
    notOnline:
      "Sie sind nicht online, deshalb können Besucher Sie nicht erreichen.",
    goOnline: "Online gehen",
  },
  alerts: {
    label: "Klingeln",
    sound: "Ton",
    soundReady: "Anrufe und Nachrichten sind mit Ton.",
    soundLocked:
      "Browser bleiben stumm, bis Sie auf der Seite etwas anklicken.",
    test: "Ton testen",
    stop: "Stopp",
    notify: "Benachrichtigungen",
    notifyAsk: "Erscheinen, wenn ein anderes Fenster im Vordergrund ist.",
    notifyAllow: "Erlauben",
    notifyOn: "Erlaubt",
    notifyOff: "In den Einstellungen des Browsers für diese Seite blockiert.",
    notifyNone: "Von diesem Browser nicht unterstützt.",
    notifyFailed:
      "Erlaubt, aber dieser Browser konnte keine Benachrichtigung anzeigen.",
  },
  push,
  app: {
    title: "Arbeitsplatz als App",
    text: "Mit eigenem Symbol und Fenster.",
    install: "Installieren",
  },
  chat: {
    messages: "Nachrichten",
    field: "Nachricht",
    placeholder: "Nachricht schreiben",
    help: "Enter zum Senden, Umschalt+Enter für eine neue Zeile",
    send: "Senden",
    tooLong:
      "Höchstens {n} Zeichen. Kürzen Sie die Nachricht, um sie zu senden.",
    leave: "Chat beenden",
    leaveTitle: "Chat mit {name} beenden?",
    leaveText: "Der Besucher sieht, dass die Unterhaltung beendet ist.",
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
      "{name} ist gerade nicht verbunden. Nachrichten bleiben {seconds} Sekunden gespeichert, dann endet der Chat.",
    joining: "Wird angenommen …",
    waiting: "{name} wartet auf eine Antwort.",
    idle: "Dieser Chat wird um {time} beendet, weil niemand schreibt.",
    keep: "Offen lassen",
  },
  handover,
  replies,
  call: {
    label: "Gespräch mit {name}",
    own: "Ihr Video",
    remote: "Video von {name}",
    asking: "Der Browser fragt nach Ihrem Mikrofon …",
    connecting: "Verbindung wird hergestellt …",
    connected: "Verbunden",
    reconnecting: "Die Verbindung ist schwach und wird neu hergestellt …",
    held: "Gehalten: Sie können einander nicht hören",
    elsewhere: "Sie führen dieses Gespräch in einem anderen Fenster.",
    mute: "Stumm",
    unmute: "Ton an",
    muted: "Sie sind stummgeschaltet",
    camera: "Kamera",
    hold: "Halten",
    resume: "Fortsetzen",
    hangUp: "Auflegen",
    ending: "Wird beendet …",
    keys: "Gedrückte Tasten",
  },
  trouble: {
    "microphone-denied":
      "Der Browser verweigert den Zugriff auf das Mikrofon. Erlauben Sie ihn neben der Adresse; er gilt ab dem nächsten Anruf.",
    "microphone-missing":
      "Es wurde kein Mikrofon gefunden. Schließen Sie vor dem nächsten Anruf eines an.",
    "microphone-busy":
      "Ein anderes Programm verwendet das Mikrofon. Schließen Sie es vor dem nächsten Anruf.",
    "microphone-late":
      "Der Browser hat das Mikrofon nicht rechtzeitig geöffnet. Beantworten Sie seine Abfrage neben der Adresse oder laden Sie die Seite vor dem nächsten Anruf neu.",
    "camera-denied":
      "Der Browser verweigert den Zugriff auf die Kamera. Das Gespräch läuft mit Sprache weiter.",
    "camera-missing":
      "Es wurde keine Kamera gefunden. Das Gespräch läuft mit Sprache weiter.",
    "camera-busy":
      "Ein anderes Programm verwendet die Kamera. Das Gespräch läuft mit Sprache weiter.",
    "camera-late":
      "Der Browser hat die Kamera nicht rechtzeitig geöffnet. Das Gespräch läuft mit Sprache weiter.",
    insecure:
      "Anrufe brauchen eine sichere Adresse. Öffnen Sie diese Seite mit https:// oder auf diesem Rechner als localhost.",
    unsupported:
      "Dieser Browser unterstützt keine Anrufe. Nehmen Sie Anrufe in einem aktuellen Chrome, Edge, Firefox oder Safari an. Chats funktionieren auch hier.",
    failed: "Ton und Bild konnten nicht aufgebaut werden.",
  },
  notice: {
    asking:
      "Der Browser wartet auf Sie. Beantworten Sie seine Abfrage zu Mikrofon oder Kamera.",
    microphoneSilent:
      "Der Besucher hört Sie nicht: Ein Schalter, das System oder ein anderes Programm hat Ihr Mikrofon stummgeschaltet.",
    microphoneLost:
      "Der Besucher hört Sie nicht: Das Mikrofon wurde getrennt. Schließen Sie eines an, um fortzufahren.",
    cameraSilent: "Ihre Kamera sendet gerade kein Bild.",
    cameraLost:
      "Die Kamera wurde getrennt. Schalten Sie sie wieder ein, wenn sie angeschlossen ist.",
    deviceReplaced:
      "Ein Gerät ist ausgefallen. Sie verwenden jetzt ein anderes.",
  },
  over: {
    missed: "Verpasst",
    declined: "Abgelehnt",
    elsewhere: "Von jemand anderem angenommen",
    byColleague: "Jemand anderes aus dem Team hat angenommen.",
    youDeclined: "Sie haben abgelehnt.",
    ended: "Beendet",
    chatEnded: "Dieser Chat ist beendet.",
    idle: "Es hat längere Zeit niemand geschrieben.",
    cancelled: "{name} hat nicht länger gewartet.",
    failed: "Die Verbindung ist abgebrochen.",
    away: "{name} war nicht mehr verbunden.",
    busy: "Sie waren in einem anderen Gespräch.",
    reload: "Der Besucher kann auf der Website einen neuen Chat beginnen.",
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
    agreed: "Erteilt, Version",
    since: "Seit",
    duration: "Dauer",
    unknown: "nicht angegeben",
    notTold: "Dieses Widget übermittelt die Seite nicht.",
  },
  block: {
    button: "Besucher sperren",
    title: "Diesen Besucher sperren?",
    lead:
      "Der Besucher sieht alle Ansprechpartner als nicht erreichbar, und ein laufender Kontakt endet. Nichts weist auf die Sperre hin.",
    time: "Dauer",
    times: {
      hour: "Eine Stunde",
      day: "Ein Tag",
      week: "Eine Woche",
      permanent: "Dauerhaft",
    },
    network: "Alle mit derselben Netzwerkadresse",
    networkHint:
      "Nötig, wenn der Besucher in einem neuen Tab wiederkommt. In einem Büro oder Mobilfunknetz sperrt das alle, die diese Adresse teilen.",
    visitOnly:
      "Nur dieser Besuch wird gesperrt. In einem neuen Tab kann der Besucher wiederkommen.",
    noNetwork:
      "Nur dieser Besuch kann gesperrt werden, weil seine Netzwerkadresse die eines Proxys mit vielen Besuchern sein kann.",
    confirm: "Sperren",
    cancel: "Abbrechen",
    done: "Der Besucher ist gesperrt.",
    tooOld: "Dieser Besucher kann nicht mehr gesperrt werden.",
    tooMany:
      "Es sind zu viele Besucher gesperrt. Ein Administrator muss einige dieser Sperren aufheben.",
    failed:
      "Der Besucher konnte nicht gesperrt werden. Versuchen Sie es noch einmal.",
  },
  leave: {
    title: "Arbeitsplatz verlassen?",
    call: "Ihr laufendes Gespräch wird beendet.",
    chats: {
      one: "{count} Chat läuft.",
      other: "{count} Chats laufen.",
    },
    offline:
      "Besucher sehen Sie als offline, wenn Sie sich abmelden oder Ihre letzte Seite dieses Dienstes schließen.",
    confirm: "Arbeitsplatz verlassen",
    cancel: "Bleiben",
  },
  back: "Zurück zur Liste",
  close: "Schließen",
  noRole: {
    title: "Der Arbeitsplatz ist für Ansprechpartner",
    text:
      "Ihrem Konto fehlt die Rolle „Ansprechpartner“, deshalb kann hier nichts klingeln.",
    admin: "Geben Sie sich die Rolle auf der Seite „Personen“.",
    ask: "Bitten Sie einen Administrator um die Rolle.",
    people: "Zu Personen",
  },
};

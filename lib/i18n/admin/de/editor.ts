import type { AdminTexts } from "../texts.ts";

export const editor: AdminTexts["editor"] = {
  sections: "Abschnitte von {name}",
  tabAgents: "Ansprechpartner",
  tabDetails: "Kontaktdaten",
  tabLook: "Aussehen",
  tabBehaviour: "Texte und Verhalten",
  tabHours: "Öffnungszeiten",
  tabPrivacy: "Websites und Datenschutz",
  tabProblem: "enthält Fehler",
  fields: {
    name: "Name des Widgets",
    lang: "Standardsprache",
    visitorLang: "Sprache des Besuchers verwenden, falls verfügbar",
    company: {
      name: "Firma",
      street: "Straße und Hausnummer",
      zip: "Postleitzahl",
      city: "Ort",
      country: "Land",
      phone: "Telefon",
      fax: "Fax",
      email: "E-Mail",
      web: "Website",
    },
    appearance: {
      font: "Schrift",
      fontSize: "Schriftgröße",
      theme: "Hell oder dunkel",
      colors: {
        accent: "Akzent",
        background: "Hintergrund",
        text: "Text",
        card: "Karten",
      },
      radius: "Eckenradius",
      margin: { x: "Abstand seitlich", y: "Abstand oben und unten" },
      gap: "Abstand zwischen den Karten",
      zIndex: "Ebene (z-index)",
      position: "Position",
      title: "Überschrift",
      helpTexts: "Hilfetexte",
      hideWhenUnavailable: "Ausblenden, solange niemand erreichbar ist",
      randomAgent:
        "Einen zufälligen erreichbaren Ansprechpartner zuerst zeigen",
      showBranding: "„Contact Widgets“ unten anzeigen",
    },
    agents: "Ansprechpartner",
    hours: "Öffnungszeiten",
    sites: "Erlaubte Websites",
    consent: "Einwilligung",
    visitorName: "Name des Besuchers",
    sendPage:
      "Ansprechpartnern zeigen, von welcher Seite ein Besucher schreibt",
    pageParameters: "Sichtbare URL-Parameter",
    protection: "Schutz vor Bots",
    idleChats: {
      close: "Chats beenden, in denen niemand schreibt",
      warnMinutes: "Warnen nach",
      endMinutes: "Beenden nach",
    },
    messages: {
      on: "Nachrichten annehmen, wenn niemand erreichbar ist",
      email: "Nachrichten senden an",
    },
    callbacks: {
      on: "Rückrufe anbieten",
      countries: "Länder, in die Sie anrufen",
      slotMinutes: "Länge eines Termins",
      perSlot: "Rückrufe je Termin",
    },
  },
  detailsLead: "Für Besucher sichtbar. Leere Felder werden nicht angezeigt.",
  visitorLangHint: "Sonst sehen alle die Standardsprache.",
  colours: "Farben",
  spacing: "Größen und Abstände",
  pickColour: "auswählen",
  hardToRead:
    "Schwer lesbar: Der Kontrast beträgt {ratio} : 1, Text braucht 4,5 : 1. Besucher sehen die nächste lesbare Farbe, {colour}.",
  useNearest: "{colour} verwenden",
  fonts: {
    page: "Schrift der Seite",
    system: "Schrift des Systems",
    serif: "Mit Serifen",
    rounded: "Gerundet",
    mono: "Feste Breite",
  },
  themes: {
    auto: "System des Besuchers",
    light: "Hell",
    dark: "Dunkel",
    page: "Wie die Seite",
  },
  positions: { end: "Rechts", start: "Links", bottom: "Unten" },
  positionHint:
    "In Sprachen, die von rechts nach links geschrieben werden, sind die Seiten vertauscht.",
  zIndexHint:
    "Ein Widget mit höherem Wert liegt vor anderen Elementen der Seite.",
  titleHint: "Leer lassen für einen Text in der Sprache des Besuchers.",
  helpTextsHint:
    "Erscheinen abwechselnd neben der geschlossenen Sidebar, um Besucher einzuladen. Einer pro Zeile, höchstens zehn.",
  idleHint:
    "Beide Seiten werden vorher gewarnt und können den Chat mit einem Klick offen lassen. Tippen und Anrufe gelten als Aktivität.",
  minutes: "Min.",
  hideHint:
    "Besucher sehen das Widget erst wieder, wenn jemand erreichbar ist.",
  callbacksHint:
    "Besucher können statt einer Antwort einen Anruf wünschen: so bald wie möglich oder zu einer Zeit innerhalb Ihrer Öffnungszeiten. Ohne Öffnungszeiten stehen keine Zeiten zur Wahl. Rückrufe finden Sie unter Nachrichten.",
  countriesHint:
    "Je Zeile zwei Buchstaben, zum Beispiel DE. Das erste Land gilt für Nummern ohne Landesvorwahl. Leer lassen, um in alle Länder anzurufen; Besucher müssen dann eine Landesvorwahl angeben. Sonderrufnummern, Satellitentelefone und Kurzwahlen werden immer abgelehnt.",
  messagesEmailHint:
    "Leer lassen, um jede Nachricht an die E-Mail-Adresse ihres Ansprechpartners zu senden. Dafür muss der Betreiber einen Mailserver einstellen.",
  messagesHint:
    "Besucher können eine Nachricht mit ihrer E-Mail-Adresse oder Telefonnummer hinterlassen. Sie finden sie unter „Nachrichten“. Der Text unter „Einwilligung“ gehört zum Formular.",
  sitesHint:
    "Eine pro Zeile, zum Beispiel https://www.example.com oder https://*.example.com. Leer lassen, um alle Websites zu erlauben.",
  consentHint:
    "Wird vor der ersten Nachricht oder dem ersten Anruf eingeholt. Leer lassen, um nichts zu fragen.",
  visitorNameHint:
    "Gilt für alle Besucher. Leer lassen, um Besucher nach ihrem Namen zu fragen.",
  sendPageHint:
    "Titel und Adresse ohne URL-Parameter, mit der ersten Nachricht oder dem ersten Anruf.",
  pageParametersHint:
    "Einer pro Zeile, zum Beispiel utm_source. Leer lassen, um keine URL-Parameter zu übermitteln.",
  protectionHint:
    "Vor jedem Chat oder Anruf löst der Browser des Besuchers eine kleine Rechenaufgabe (Proof of Work). Das dauert einen Bruchteil einer Sekunde, bei vielen gleichzeitigen Kontakten länger. Besucher merken davon kaum etwas, und Dritte sind nicht beteiligt. Eigene Clients für das ursprüngliche Protokoll werden abgewiesen.",
  protections: { off: "nein", proofOfWork: "ja" },
  yes: "ja",
  no: "nein",
  preview: "Vorschau",
  previewNote: "Vorschau. Änderungen gelten erst, wenn Sie speichern.",
  previewEmpty:
    "Fügen Sie einen Ansprechpartner hinzu, um seine Karte hier zu sehen.",
  previewWidth: "Breite",
  phone: "Telefon",
  desktop: "Desktop",
  previewTheme: "Hell oder dunkel",
  previewState: "Gezeigter Zustand",
  previewStates: {
    open: "Geöffnet",
    queue: "Warteschlange",
    closed: "Geschlossen",
    nobody: "Niemand erreichbar",
  },
  previewAuto: "System",
  previewLang: "Sprache der Vorschau",
  previewFrame: "Vorschau von {name}",
};

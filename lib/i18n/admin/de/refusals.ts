import type { AdminTexts } from "../texts.ts";

export const refusals: AdminTexts["refusals"] = {
  reasons: {
    invalid: "Der Dienst hat das so nicht angenommen.",
    "signed-out":
      "Sie sind abgemeldet. Melden Sie sich in einem anderen Tab wieder an und versuchen Sie es hier erneut: Nichts Geschriebenes ist verloren.",
    forbidden: "Ihr Konto darf das nicht.",
    "must-change-password":
      "Eine andere Person hat Ihr Passwort festgelegt. Laden Sie die Seite neu und wählen Sie ein eigenes.",
    "not-found": "Das gibt es nicht mehr. Vielleicht hat es jemand gelöscht.",
    conflict: "Jemand anderes hat das inzwischen gespeichert.",
    exists: "Diesen Anmeldenamen hat schon jemand.",
    "last-admin": "Jemand muss diesen Dienst verwalten können.",
    "too-big": "Das ist zu groß.",
    "too-many": "Davon gibt es schon zu viele.",
    "not-a-picture":
      "Diese Datei ist kein Bild von einer Art, die erlaubt ist.",
    throttled: "Zu viele Anfragen. Bitte warten Sie einen Moment.",
    internal:
      "Der Dienst hatte einen Fehler. Nichts wurde geändert; sein Protokoll sagt mehr.",
    unavailable:
      "Der Speicher antwortet nicht rechtzeitig oder kann nicht schreiben. Laden Sie neu, um zu sehen, was gespeichert ist, und versuchen Sie es dann noch einmal.",
    offline:
      "Der Dienst ist nicht erreichbar. Nichts ist verloren: Versuchen Sie es erneut.",
  },
  inLine: "Zeile {line}: {problem}",
  problems: {
    "must not be empty": "Das darf nicht leer sein.",
    "must have at most {n} characters": "Höchstens {n} Zeichen.",
    "must have at least {n} characters": "Mindestens {n} Zeichen.",
    "must be one line": "Das muss eine Zeile sein.",
    "must be an email address": "Das ist keine E-Mail-Adresse.",
    "must be a telephone number": "Das ist keine Telefonnummer.",
    "must start with https:// or http://":
      "Das muss mit https:// oder http:// beginnen.",
    "must be a number": "Das muss eine Zahl sein.",
    "must be a whole number": "Das muss eine ganze Zahl sein.",
    "must not be negative": "Das darf nicht negativ sein.",
    "must be at most {n}": "Höchstens {n}.",
    "must be at least {n}": "Mindestens {n}.",
    "must be a colour such as #0a7d5a": "Schreiben Sie eine Farbe wie #0a7d5a.",
    "must be like https://www.example.com or https://*.example.com":
      "Schreiben Sie https://www.example.com oder https://*.example.com",
    "must be letters, digits and . _ @ + * # -":
      "Nur Buchstaben, Ziffern und . _ @ + * # -: Wählen Sie jemanden aus der Liste oder schreiben Sie eine Adresse.",
    "must be letters, digits and . _ @ -":
      "Nur Buchstaben, Ziffern und . _ @ -",
    "must be at most {n} agents": "Höchstens {n} Ansprechpartner.",
    "must name each agent once":
      "Ein Ansprechpartner kann nur einmal im Widget stehen.",
    "must be at most {n} websites": "Höchstens {n} Webseiten.",
    "must be letters, digits and . _ ~ -":
      "Nur Buchstaben, Ziffern und . _ ~ -",
    "must be at most {n} parameters": "Höchstens {n} Parameter.",
    "must be at most {n} texts": "Höchstens {n} Texte.",
    "must have a role": "Wählen Sie mindestens eine Rolle.",
  },
};

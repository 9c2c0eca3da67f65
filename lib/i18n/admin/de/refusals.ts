import type { AdminTexts } from "../texts.ts";

export const refusals: AdminTexts["refusals"] = {
  reasons: {
    invalid: "Einige Werte sind ungültig.",
    "signed-out":
      "Sie sind abgemeldet. Melden Sie sich in einem anderen Tab wieder an und versuchen Sie es hier erneut. Ihre Änderungen bleiben erhalten.",
    forbidden: "Sie sind dazu nicht berechtigt.",
    "must-change-password":
      "Eine andere Person hat Ihr Passwort festgelegt. Laden Sie die Seite neu und wählen Sie ein eigenes.",
    "not-found": "Das gibt es nicht mehr. Vielleicht wurde es gelöscht.",
    conflict: "Das wurde inzwischen von jemand anderem gespeichert.",
    exists: "Dieser Anmeldename ist bereits vergeben.",
    "last-admin": "Mindestens ein Administrator muss übrig bleiben.",
    "too-big": "Das ist zu groß.",
    "too-many": "Davon gibt es bereits zu viele.",
    "not-a-picture": "Dieses Bildformat wird nicht unterstützt.",
    throttled:
      "Zu viele Anfragen. Warten Sie einen Moment und versuchen Sie es erneut.",
    internal:
      "Auf dem Server ist ein Fehler aufgetreten. Es wurde nichts geändert. Einzelheiten stehen im Protokoll des Dienstes.",
    unavailable:
      "Der Speicher antwortet nicht rechtzeitig oder kann nicht schreiben. Laden Sie die Seite neu, um zu sehen, was gespeichert wurde, und versuchen Sie es dann erneut.",
    offline:
      "Der Dienst ist nicht erreichbar. Es ist nichts verloren. Versuchen Sie es erneut.",
  },
  inLine: "Zeile {line}: {problem}",
  problems: {
    "must not be empty": "Das darf nicht leer sein.",
    "must have at most {n} characters": "Höchstens {n} Zeichen.",
    "must have at least {n} characters": "Mindestens {n} Zeichen.",
    "must be one line": "Das darf nur eine Zeile sein.",
    "must be an email address": "Das ist keine E-Mail-Adresse.",
    "must be a telephone number": "Das ist keine Telefonnummer.",
    "must start with https:// or http://":
      "Das muss mit https:// oder http:// beginnen.",
    "must be a number": "Das muss eine Zahl sein.",
    "must be a whole number": "Das muss eine ganze Zahl sein.",
    "must not be negative": "Das darf nicht negativ sein.",
    "must be at most {n}": "Höchstens {n}.",
    "must be at least {n}": "Mindestens {n}.",
    "must be a colour such as #0a7d5a": "Geben Sie eine Farbe wie #0a7d5a ein.",
    "must be like https://www.example.com or https://*.example.com":
      "Geben Sie es wie https://www.example.com oder https://*.example.com ein.",
    "must be letters, digits and . _ @ + * # -":
      "Nur Buchstaben, Ziffern und . _ @ + * # -. Wählen Sie einen Ansprechpartner aus der Liste oder geben Sie eine Adresse ein.",
    "must be letters, digits and . _ @ -":
      "Nur Buchstaben, Ziffern und . _ @ -",
    "must be at most {n} agents": "Höchstens {n} Ansprechpartner.",
    "must name each agent once":
      "Ein Ansprechpartner kann in einem Widget nur einmal vorkommen.",
    "must be at most {n} websites": "Höchstens {n} Websites.",
    "must be letters, digits and . _ ~ -":
      "Nur Buchstaben, Ziffern und . _ ~ -",
    "must be at most {n} parameters": "Höchstens {n} Parameter.",
    "must be a country such as DE":
      "Geben Sie die zwei Buchstaben eines Landes ein, zum Beispiel DE.",
    "must be at most {n} countries": "Höchstens {n} Länder.",
    "must be at most {n} texts": "Höchstens {n} Texte.",
    "must be a time such as 09:00": "Geben Sie eine Uhrzeit wie 09:00 ein.",
    "must be a date such as 2030-12-24": "Geben Sie ein Datum ein.",
    "must be a time zone": "Das ist keine Zeitzone.",
    "must end at another time than it begins":
      "Das muss zu einer anderen Zeit enden, als es beginnt.",
    "must not overlap": "Diese Zeiten überschneiden sich.",
    "must not be earlier than the first day":
      "Das darf nicht vor dem ersten Tag liegen.",
    "must be at most {n} times": "Höchstens {n} Zeiten.",
    "must be at most {n} exceptions": "Höchstens {n} Ausnahmen.",
    "must have at most {n} exceptions of opening hours":
      "Alle Ansprechpartner zusammen: höchstens {n} Ausnahmen von Öffnungszeiten.",
    "must be later than the warning": "Das muss nach der Warnung liegen.",
    "must have a member": "Fügen Sie mindestens ein Mitglied hinzu.",
    "must be at most {n} members": "Höchstens {n} Mitglieder.",
    "must name each member once":
      "Ein Mitglied kann nur einmal in einem Team sein.",
    "must be at most {n} steps": "Höchstens {n} Schritte.",
    "must have at most {n} members of teams":
      "Alle Teams zusammen: höchstens {n} Mitglieder.",
    "must have a role": "Wählen Sie mindestens eine Rolle.",
    "must be a scope": "Das ist keine Berechtigung.",
    "must name each scope once":
      "Ein Token kann eine Berechtigung nur einmal haben.",
    "must have a scope": "Wählen Sie mindestens eine Berechtigung.",
  },
};

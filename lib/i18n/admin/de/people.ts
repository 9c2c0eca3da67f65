import type { AdminTexts } from "../texts.ts";

export const people: AdminTexts["people"] = {
  title: "Personen",
  lead:
    "Personen, die diesen Dienst verwalten oder Besuchern am Arbeitsplatz antworten.",
  add: "Person hinzufügen",
  addTitle: "Person hinzufügen",
  editTitle: "{name} bearbeiten",
  editLabel: "{name} bearbeiten",
  deleteLabel: "{name} löschen",
  you: "Sie",
  admin: "Administrator",
  adminHint: "Verwaltet Widgets und Personen.",
  agent: "Ansprechpartner",
  agentHint: "Antwortet Besuchern am Arbeitsplatz.",
  roles: "Rollen",
  person: "Person",
  signInName: "Anmeldename",
  signInNameHint:
    "Für die Anmeldung, und um einen Ansprechpartner zu einem Widget hinzuzufügen.",
  renameWarning:
    "In Widgets steht noch der alte Name dieses Ansprechpartners. Ändern Sie ihn auch dort, sonst können Besucher diese Person nicht mehr erreichen.",
  displayName: "Name",
  displayNameHint: "Für Kollegen sichtbar.",
  password: "Passwort",
  newPassword: "Neues Passwort",
  newPasswordHint:
    "Leer lassen, um das Passwort zu behalten. Ein neues meldet diese Person überall ab, und sie muss es bei der nächsten Anmeldung ersetzen.",
  ownPassword: "Ihr eigenes Passwort ändern Sie in Ihrem Konto.",
  toOwnAccount: "Ihr Konto",
  mustChangePassword: "Muss das Passwort ändern",
  passwordHint:
    "Mindestens {min} Zeichen. Teilen Sie es der Person auf sicherem Weg mit. Sie muss es bei der ersten Anmeldung ersetzen.",
  generate: "Erzeugen",
  copyPassword: "Passwort kopieren",
  handover:
    "Das neue Passwort von {name}. Geben Sie es auf sicherem Weg weiter. Nach dem Schließen wird es nicht mehr angezeigt.",
  handoverLabel: "Passwort von {name}",
  showPassword: "Passwort anzeigen",
  hidePassword: "Passwort verbergen",
  viaPbx: "Meldet sich mit myApps an, über die PBX",
  noAccess: "Kein Zugang",
  pbxNameHint: "Der Name des Benutzers auf der PBX.",
  pbxRolesHint:
    "Meldet sich mit myApps an und hat hier kein Passwort. Ohne Rolle hat diese Person keinen Zugang.",
  since: "Seit {date}",
  addConfirm: "Person hinzufügen",
  addedToast: "{name} kann sich jetzt anmelden.",
  savedToast: "{name} wurde gespeichert.",
  deletedToast: "{name} wurde gelöscht.",
  deleteTitle: "{name} löschen?",
  deleteText:
    "Das Konto wird sofort gelöscht, und seine Sitzungen enden. Widgets mit diesem Ansprechpartner behalten die Karte, die als nicht erreichbar angezeigt wird.",
  deleteSelf: "Das ist Ihr eigenes Konto: Sie werden abgemeldet.",
  deletePbx:
    "Solange die App diesem Benutzer auf der PBX zugewiesen ist, wird das Konto beim nächsten Öffnen in myApps neu angelegt, als Administrator. Um den Zugang zu sperren, entziehen Sie stattdessen die Rollen.",
  deleteConfirm: "Konto löschen",
  lastAdmin:
    "{name} ist der einzige Administrator. Machen Sie zuerst eine andere Person zum Administrator. Sonst könnte niemand mehr diesen Dienst verwalten.",
};

// What the server says to technicians and administrators: why something was refused, why it waits.

import { hearing } from "../hearing";
import { desk } from "./desk_heard";
import { letters } from "./letters";
import { syncro } from "./syncro";
import { told } from "./told";

const refused = {
    "the server cannot do this now: try again in a moment":
        "Der Server kann das gerade nicht. Versuchen Sie es gleich noch einmal.",
    "The server cannot do this now: try again":
        "Der Server kann das gerade nicht. Versuchen Sie es noch einmal.",
    "this is not there any more: load the page again":
        "Das gibt es nicht mehr. Laden Sie die Seite neu.",
    "command line": "Kommandozeile",
    "nothing here": "Hier ist nichts.",
    "there is one with this shortcut: choose another":
        "Dieses Kürzel gibt es schon. Wählen Sie ein anderes.",
    "there are too many: remove one first": "Es sind zu viele. Löschen Sie erst einen.",
    "a shortcut has only a-z, 0-9 and -": "Ein Kürzel hat nur a-z, 0-9 und -.",
    "this is no number": "Das ist keine Zahl.",
    "this must be a text": "Das muss ein Text sein.",
    "fill this in": "Füllen Sie dies aus.",
    "this is too long: shorten it": "Das ist zu lang. Kürzen Sie es.",
    "This is too long: shorten it": "Das ist zu lang. Kürzen Sie es.",
    "this does not look like an email address": "Das sieht nicht wie eine E-Mail-Adresse aus.",
    "this link is not whole: copy all of it":
        "Dieser Link ist nicht vollständig. Kopieren Sie ihn ganz.",
    "this needs an administrator": "Dafür braucht es einen Administrator.",
    "only the server's own pages may do this": "Das dürfen nur die Seiten des Servers selbst.",
    "too many tries from your address: wait a moment":
        "Zu viele Versuche von Ihrer Adresse. Warten Sie einen Moment.",
    "too many wrong tries: wait a quarter of an hour, or ask an administrator for a new link":
        "Zu viele falsche Versuche. Warten Sie eine Viertelstunde, oder bitten Sie einen " +
        "Administrator um einen neuen Link.",
    "too many wrong tries: wait a little": "Zu viele falsche Versuche. Warten Sie ein wenig.",
    "choose a company from the list": "Wählen Sie eine Firma aus der Liste.",
    "choose a contact from the list": "Wählen Sie einen Kontakt aus der Liste.",
    "there is no such action": "Diese Aktion gibt es nicht.",
    "a colour is # and six of 0-9 and a-f":
        "Eine Farbe ist # und sechs Zeichen von 0 bis 9 und a bis f.",
    "this is no email domain: give what is behind the @, as in acme.com":
        "Das ist keine E-Mail-Domain. Geben Sie an, was nach dem @ steht, wie acme.com.",
    "anybody can have an address there, so it says nothing about the company":
        "Dort kann jeder eine Adresse haben; sie sagt nichts über die Firma.",
    "there are 200 domains already: remove one first":
        "Es gibt schon 200 Domains. Entfernen Sie zuerst eine.",
    "the files of this conversation together would be too large":
        "Die Dateien dieser Unterhaltung wären zusammen zu groß.",
    "there is no room for files on the server now":
        "Auf dem Server ist gerade kein Platz für Dateien.",
    "too many files wait to be sent: send or remove some":
        "Zu viele Dateien warten auf das Senden. Senden oder entfernen Sie einige.",
    "files of this kind are not taken here": "Dateien dieser Art werden hier nicht angenommen.",
    "the file is empty": "Die Datei ist leer.",
    "there is no such file": "Diese Datei gibt es nicht.",
    "a little slower, please": "Bitte etwas langsamer.",
    "this link was used or is too old: ask an administrator for a new one":
        "Dieser Link wurde benutzt oder ist zu alt. Bitten Sie einen Administrator um einen neuen.",
    "somebody has this email address already": "Diese E-Mail-Adresse hat schon jemand.",
    "choose who writes: parley, parley_all or psa": "Wählen Sie, wer schreibt.",
    "no mail server is set: set smtp_url first":
        "Kein Mailserver ist eingestellt. Setzen Sie zuerst smtp_url.",
    "a code is of use for minutes only: give it up":
        "Ein Code nützt nur Minuten. Geben Sie ihn auf.",
    "this is not your password": "Das ist nicht Ihr Passwort.",
    "the password was changed just now: sign in again":
        "Das Passwort wurde gerade geändert. Melden Sie sich neu an.",
    "no connector is set: set one first": "Keine Anbindung ist eingerichtet.",
    "No connector is set": "Keine Anbindung ist eingerichtet.",
    "There is no such PSA": "Diese PSA gibt es nicht.",
    ["something of this person still waits to go to the PSA: let it be filed, or discard it " +
    "under Connectors, and try again"]: "Etwas von dieser Person wartet noch auf die PSA. Lassen " +
        "Sie es ablegen, oder verwerfen Sie es unter Anbindungen, und versuchen Sie es noch " +
        "einmal.",
    "type the email address of the person whom you want to erase":
        "Tippen Sie die E-Mail-Adresse der Person, die Sie löschen wollen.",
    "this took too long: sign in again": "Das hat zu lange gedauert. Melden Sie sich neu an.",
    "this took too long: begin again": "Das hat zu lange gedauert. Beginnen Sie neu.",
    "email or password is wrong": "E-Mail oder Passwort ist falsch.",
    "this code is wrong or was used before: type the one that your app shows now":
        "Dieser Code ist falsch oder schon benutzt. Tippen Sie den, den Ihre App jetzt zeigt.",
    "this code is wrong: type the one that your app shows now, and look whether its clock is right":
        "Dieser Code ist falsch. Tippen Sie den, den Ihre App jetzt zeigt, und prüfen Sie, ob " +
        "ihre Uhr richtig geht.",
    "the second step is on: turn it off first":
        "Der zweite Schritt ist an. Schalten Sie ihn zuerst aus.",
    "a site has at most two secrets or keys, and there are at most 100 sites: remove one first":
        "Eine Website hat höchstens zwei Geheimnisse oder Schlüssel, und es gibt höchstens 100 " +
        "Websites. Entfernen Sie zuerst etwas.",
    "choose admin or technician": "Wählen Sie Administrator oder Techniker.",
    "this is the last administrator: make another one first":
        "Das ist der letzte Administrator. Machen Sie zuerst jemand anderen dazu.",
    "this account is disabled: enable it first":
        "Dieses Konto ist gesperrt. Geben Sie es zuerst frei.",
    "choose a status of the account's list": "Wählen Sie einen Status aus der Liste des Kontos.",
    "that is too much": "Das ist zu viel.",
    "the password needs at least 12 characters": "Das Passwort braucht mindestens 12 Zeichen.",
    "the password may have at most 256 bytes": "Das Passwort darf höchstens 256 Bytes haben.",
    "the password is not text": "Das Passwort ist kein Text.",
    "the password may not be your email address or your name":
        "Das Passwort darf nicht Ihre E-Mail-Adresse oder Ihr Name sein.",
    "the account has no such status": "Das Konto hat diesen Status nicht.",
    "the account has no such value": "Das Konto hat diesen Wert nicht.",
    "no such conversation": "Diese Unterhaltung gibt es nicht.",
    "no such conversation, or nobody to give it to":
        "Diese Unterhaltung gibt es nicht, oder niemanden, dem sie zu geben wäre.",
    "the person has written meanwhile: read it first":
        "Die Person hat inzwischen geschrieben: Lesen Sie es erst.",
    "somebody else was first: look at what is there now":
        "Jemand anderes war schneller. Sehen Sie nach, was jetzt da ist.",
    "the message is too long": "Die Nachricht ist zu lang.",
    "the message is empty": "Die Nachricht ist leer.",
    "too many files at once": "Zu viele Dateien auf einmal.",
    "a file is not whole, not yours or sent already":
        "Eine Datei ist nicht vollständig, nicht Ihre oder schon gesendet.",
    "a file may have at most {1} MB": "Eine Datei darf höchstens {1} MB haben.",
    "no ticket is waiting for a company here any more: load the page again":
        "Hier wartet kein Ticket mehr auf eine Firma. Laden Sie die Seite neu.",
    ["this cannot be given up now: it is not stopped any more, or the PSA may have the ticket " +
    "already; try again first"]: "Das lässt sich jetzt nicht aufgeben: Es ist nicht mehr " +
        "angehalten, oder die PSA hat das Ticket vielleicht schon. Versuchen Sie es zuerst erneut.",
    "the tokens of this site are signed with {1}: add a new site for another algorithm":
        "Die Token dieser Website sind mit {1} signiert. Für ein anderes Verfahren fügen Sie " +
        "eine neue Website hinzu.",
    "say what to change": "Sagen Sie, was zu ändern ist.",
    "choose a time that is still to come": "Wählen Sie eine Zeit, die noch kommt.",
    "too much at once": "Das ist zu viel auf einmal.",
    "the server cannot store now": "Der Server kann gerade nichts speichern.",
    "the server cannot read now": "Der Server kann gerade nichts lesen.",
    "you are signed out: sign in again": "Sie sind abgemeldet. Melden Sie sich wieder an.",
};

/** What the server said, in German. */
export const heard = hearing({ ...refused, ...letters, ...desk, ...syncro, ...told });

// Why letters do not go out.

import type { Heard } from "../hearing";

export const letters: Heard = {
    ["no mail server answers at {1}: check host and port in smtp_url, and that the firewall lets " +
    "this server out to it"]: "Unter {1} antwortet kein Mailserver. Prüfen Sie Host und Port in " +
        "smtp_url, und dass die Firewall diesen Server dorthin lässt.",
    ["the certificate of the mail server {1} is not accepted: {2}. Check the name in smtp_url, " +
    "or name its authority in smtp_ca_file"]: "Das Zertifikat des Mailservers {1} wird nicht " +
        "anerkannt: {2}. Prüfen Sie den Namen in smtp_url, oder nennen Sie seine " +
        "Zertifizierungsstelle in smtp_ca_file.",
    "the connection to the mail server {1} failed: {2}":
        "Die Verbindung zum Mailserver {1} ist fehlgeschlagen: {2}.",
    "the mail server said: {1} {2}": "Der Mailserver sagte: {1} {2}.",
    ["the mail server {1} does not let us sign in ({2} {3}): check smtp_user and " +
    "smtp_password_file"]: "Der Mailserver {1} lässt uns nicht anmelden ({2} {3}). Prüfen Sie " +
        "smtp_user und smtp_password_file.",
    ["the mail server {1} does not let us write as {2} ({3} {4}): check mail_from, and whether " +
    "smtp_user is needed"]: "Der Mailserver {1} lässt uns nicht als {2} schreiben ({3} {4}). " +
        "Prüfen Sie mail_from, und ob smtp_user nötig ist.",
    ["the mail server {1} does not offer STARTTLS, and nothing is sent without: use its port for " +
    "it (587), or smtps://"]: "Der Mailserver {1} bietet kein STARTTLS, und ohne wird nichts " +
        "gesendet. Nehmen Sie seinen Port dafür (587), oder smtps://.",
    "the mail server {1} takes no letters now: {2} {3}":
        "Der Mailserver {1} nimmt gerade keine E-Mails an: {2} {3}.",
    "the name of the mail server {1} has no address: check smtp_url":
        "Der Name des Mailservers {1} hat keine Adresse. Prüfen Sie smtp_url.",
    "this address is of a form that letters cannot be sent to":
        "An eine Adresse dieser Form lassen sich keine E-Mails senden.",
    "the code does not open with this server's key":
        "Der Code lässt sich mit dem Schlüssel dieses Servers nicht öffnen.",
    "the letter is too long": "Die E-Mail ist zu lang.",
};

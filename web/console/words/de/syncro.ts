// What the server says about a PSA: its guide, its test, and why something waits. The names of
// Syncro's own pages and rights stay as Syncro writes them.

import type { Heard } from "../hearing";

const guide = {
    "Your Syncro Subdomain": "Ihre Syncro-Subdomain",
    "For https://yourcompany.syncromsp.com only yourcompany; the whole address may be pasted":
        "Bei https://ihrefirma.syncromsp.com nur ihrefirma; die ganze Adresse geht auch.",
    "API Key": "API-Schlüssel",
    "The API token that Syncro shows once, when it is made":
        "Das API-Token, das Syncro einmal zeigt, wenn es angelegt wird.",
    "find and list tickets": "Tickets suchen und auflisten",
    "read a ticket": "ein Ticket lesen",
    "make tickets from chats": "aus Chats Tickets anlegen",
    "change status and priority": "Status und Priorität ändern",
    "add notes and comments from chats": "Notizen und Kommentare aus Chats hinzufügen",
    "look companies up": "Firmen nachschlagen",
    "read a company and its contacts": "eine Firma und ihre Kontakte lesen",
    ["In Syncro, sign in. The token has at most the rights of the account that makes it: an " +
    "account with few rights is the safe choice"]: "Melden Sie sich in Syncro an. Das Token hat " +
        "höchstens die Rechte des Kontos, das es anlegt: Ein Konto mit wenigen Rechten ist die " +
        "sichere Wahl.",
    "Click your username at the top right": "Klicken Sie rechts oben auf Ihren Benutzernamen.",
    'Click "Profile/Password"': "Klicken Sie auf „Profile/Password“.",
    'Click "API Tokens" under your name': "Klicken Sie unter Ihrem Namen auf „API Tokens“.",
    'Click "+ New Token"': "Klicken Sie auf „+ New Token“.",
    'Choose the tab "Custom Permissions"': "Wählen Sie den Reiter „Custom Permissions“.",
    'Name it "Parley", or similar': "Nennen Sie es „Parley“ oder ähnlich.",
    'Leave "Expiration" blank, so that it works indefinitely. It can be disabled later':
        "Lassen Sie „Expiration“ leer, damit es unbegrenzt gilt. Sperren lässt es sich später.",
    "Tick the seven rights": "Kreuzen Sie die sieben Rechte an.",
    'Click "Create API Token" at the bottom': "Klicken Sie unten auf „Create API Token“.",
    "Copy the token: it is shown once": "Kopieren Sie das Token: Es wird nur einmal gezeigt.",
    'Click "Done"': "Klicken Sie auf „Done“.",
    'In Parley, enter the subdomain and the token, click "Test Credentials", then "Save"':
        "Geben Sie in Parley die Subdomain und das Token ein, und klicken Sie auf „Zugangsdaten " +
        "testen“, dann auf „Speichern“.",
    'In Syncro, open Admin, then "Notification Center"':
        "Öffnen Sie in Syncro Admin, dann „Notification Center“.",
    'Make a new notification set, and name it "Parley"':
        "Legen Sie ein neues Notification Set an, und nennen Sie es „Parley“.",
    'Paste the address above into "Webhook URL"':
        "Fügen Sie die Adresse von oben in „Webhook URL“ ein.",
    'Tick "Webhook" for each event that begins with "Ticket"':
        "Kreuzen Sie „Webhook“ bei jedem Ereignis an, das mit „Ticket“ beginnt.",
    "Save. Then change a ticket: this page says when it was heard":
        "Speichern Sie. Ändern Sie dann ein Ticket: Diese Seite sagt, wann es gehört wurde.",
    "Syncro can be reached": "Syncro ist erreichbar",
    "The connection is safe": "Die Verbindung ist sicher",
    "The API key is accepted": "Der API-Schlüssel wird angenommen",
};

const test = {
    "Syncro answers at {1}": "Syncro antwortet unter {1}.",
    ["There is no {1}: that name is not known. Check the subdomain. If it is right, this server " +
    "cannot look names up"]: "{1} gibt es nicht: Der Name ist nicht bekannt. Prüfen Sie die " +
        "Subdomain. Wenn sie stimmt, kann dieser Server keine Namen nachschlagen.",
    "{1} cannot be reached ({2}). Check this server's network and firewall":
        "{1} ist nicht erreichbar ({2}). Prüfen Sie Netz und Firewall dieses Servers.",
    ["{1} leads to an address inside a private network, and Parley sends no API key there. Check " +
    "how this server looks names up"]: "{1} führt zu einer Adresse in einem privaten Netz, und " +
        "Parley sendet keinen API-Schlüssel dorthin. Prüfen Sie, wie dieser Server Namen " +
        "nachschlägt.",
    ["Syncro did not answer within 10 seconds. Check this server's network and firewall, then " +
    "test again"]: "Syncro hat nicht innerhalb von 10 Sekunden geantwortet. Prüfen Sie Netz und " +
        "Firewall dieses Servers, und testen Sie noch einmal.",
    "The connection to {1} broke ({2}). A firewall or proxy may have cut it; test again":
        "Die Verbindung zu {1} ist abgebrochen ({2}). Vielleicht hat eine Firewall oder ein " +
        "Proxy sie getrennt; testen Sie noch einmal.",
    ["Syncro sends us elsewhere ({2}), as it does for an account that is not there. Check the " +
    "subdomain"]: "Syncro schickt uns anderswohin ({2}), wie bei einem Konto, das es nicht gibt. " +
        "Prüfen Sie die Subdomain.",
    "No Syncro account answers at {1} (404). Check the subdomain":
        "Unter {1} antwortet kein Syncro-Konto (404). Prüfen Sie die Subdomain.",
    ["A web page came in the place of Syncro's data. A proxy or sign-in page stands between this " +
    "server and Syncro, or the subdomain is wrong"]: "Statt der Daten von Syncro kam eine " +
        "Webseite. Zwischen diesem Server und Syncro steht ein Proxy oder eine Anmeldeseite, " +
        "oder die Subdomain ist falsch.",
    ["What {1} answers is not what Syncro answers ({2}). Check the subdomain, and that no proxy " +
    "changes it"]: "Was {1} antwortet, ist nicht, was Syncro antwortet ({2}). Prüfen Sie die " +
        "Subdomain, und dass kein Proxy es verändert.",
    "The certificate is valid for {1}": "Das Zertifikat gilt für {1}.",
    "Not used: {1} is a stand-in, spoken to without encryption":
        "Nicht benutzt: {1} ist ein Ersatz, mit dem ohne Verschlüsselung gesprochen wird.",
    ["There is no safe connection to {1} ({2}). A proxy that opens encrypted connections does " +
    "this: take Parley out of it. Check this server's clock too"]: "Es gibt keine sichere " +
        "Verbindung zu {1} ({2}). Das tut ein Proxy, der verschlüsselte Verbindungen öffnet: " +
        "Nehmen Sie Parley davon aus. Prüfen Sie auch die Uhr dieses Servers.",
    "Syncro lets this API key in": "Syncro lässt diesen API-Schlüssel ein.",
    ["Syncro does not let this API key in. Copy it again as a whole; the key of another account " +
    "does not open {1}. If it is the right one, it was disabled or deleted, has expired, or has " +
    "none of the seven rights: make a new one"]: "Syncro lässt diesen API-Schlüssel nicht ein. " +
        "Kopieren Sie ihn noch einmal ganz; der Schlüssel eines anderen Kontos öffnet {1} nicht. " +
        "Wenn es der richtige ist, wurde er gesperrt oder gelöscht, ist abgelaufen oder hat " +
        "keines der sieben Rechte: Legen Sie einen neuen an.",
    ["Syncro let this API key in before, and does not now: it was disabled or deleted, or has " +
    "expired. Enable it in Syncro under API Tokens, or make a new one there and enter it here"]:
        "Syncro ließ diesen API-Schlüssel bisher ein, jetzt nicht mehr: Er wurde gesperrt oder " +
        "gelöscht oder ist abgelaufen. Geben Sie ihn in Syncro unter API Tokens frei, oder legen " +
        "Sie dort einen neuen an, und geben Sie ihn hier ein.",
    ["Syncro gets too many requests from this address (429). Wait a minute, then test again; " +
    "another program here may use the limit up"]: "Syncro bekommt zu viele Anfragen von dieser " +
        "Adresse (429). Warten Sie eine Minute, und testen Sie noch einmal; vielleicht " +
        "verbraucht hier ein anderes Programm das Limit.",
    ["The test took longer than a minute, for Syncro's limit of requests is used up by what " +
    "waits. Test again in a minute"]: "Der Test dauerte länger als eine Minute, denn was wartet, " +
        "verbraucht Syncros Limit an Anfragen. Testen Sie in einer Minute noch einmal.",
    "Syncro has trouble of its own ({2}). Test again later":
        "Syncro hat selbst eine Störung ({2}). Testen Sie später noch einmal.",
    "Syncro answered in a way that nobody documents ({2}), so this cannot be told":
        "Syncro hat auf eine Art geantwortet, die nirgends beschrieben ist ({2}); deshalb lässt " +
        "sich das nicht sagen.",
    "Allowed": "Erlaubt.",
    ['The right "{1}" is missing. In Syncro, click your username, Profile/Password, API Tokens; ' +
    'on the tab Custom Permissions tick "{1}", for this token or for a new one']: "Das Recht " +
        "„{1}“ fehlt. Klicken Sie in Syncro auf Ihren Benutzernamen, Profile/Password, API " +
        "Tokens; kreuzen Sie auf dem Reiter Custom Permissions „{1}“ an, für dieses Token oder " +
        "für ein neues.",
    "Could not be proved: there is no ticket yet that could be read":
        "Ließ sich nicht prüfen: Es gibt noch kein Ticket, das sich lesen ließe.",
    ["Could not be proved: every ticket that could be read is, or may be, assigned to the " +
    "token's own account, for which a smaller right is enough"]: "Ließ sich nicht prüfen: Jedes " +
        "lesbare Ticket ist dem Konto des Tokens selbst zugewiesen oder könnte es sein; dafür " +
        "genügt ein kleineres Recht.",
    ['Could not be proved while "Tickets - List/Search" is missing: no ticket was found that ' +
    "could be read"]: "Ließ sich nicht prüfen, solange „Tickets - List/Search“ fehlt: Es wurde " +
        "kein Ticket gefunden, das sich lesen ließe.",
    "Could not be proved: what was read had just been deleted. Test again":
        "Ließ sich nicht prüfen: Was gelesen wurde, war gerade gelöscht worden. Testen Sie noch " +
        "einmal.",
    ["Could not be proved: Syncro looked for the ticket before it looked at the right, or the " +
    "token has more than the seven rights. Parley will tell if it is missing when it is " +
    "first used"]:
        "Ließ sich nicht prüfen: Syncro suchte das Ticket, bevor es nach dem Recht sah, oder das " +
        "Token hat mehr als die sieben Rechte. Wenn es fehlt, sagt Parley es beim ersten Gebrauch.",
    ["Could not be proved: Syncro allows adding comments to this token, but that may be by the " +
    'right "Tickets - Edit" alone. Make sure that it is ticked']: "Ließ sich nicht prüfen: " +
        "Syncro erlaubt diesem Token Kommentare, aber vielleicht nur durch das Recht „Tickets - " +
        "Edit“. Sehen Sie nach, dass es angekreuzt ist.",
    ['Could not be proved while "Tickets - Edit" is missing: Syncro asks for both. Tick both, ' +
    "then test again"]: "Ließ sich nicht prüfen, solange „Tickets - Edit“ fehlt: Syncro verlangt " +
        "beide. Kreuzen Sie beide an, und testen Sie noch einmal.",
    ['Adding comments is refused: "Ticket Comments - New" or "Tickets - Edit" is missing. ' +
    "In Syncro, click your username, Profile/Password, API Tokens; on the tab Custom Permissions " +
    "tick both"]:
        "Kommentare werden abgelehnt: „Ticket Comments - New“ oder „Tickets - Edit“ fehlt. " +
        "Klicken Sie in Syncro auf Ihren Benutzernamen, Profile/Password, API Tokens; kreuzen " +
        "Sie auf dem Reiter Custom Permissions beide an.",
    ["This should have been refused, and was done: Syncro made or changed ticket {2}. Look at it " +
    "in Syncro, and delete it if it is new"]: "Das hätte abgelehnt werden müssen und wurde " +
        "getan: Syncro hat Ticket {2} angelegt oder geändert. Sehen Sie es in Syncro an, und " +
        "löschen Sie es, wenn es neu ist.",
    "Not tried, because of the line above": "Nicht versucht, wegen der Zeile darüber.",
    "Not known: the API key is not let in": "Nicht bekannt: Der API-Schlüssel wird nicht " +
    "eingelassen.",
};

const account = {
    "The subdomain is missing: for https://yourcompany.syncromsp.com it is yourcompany":
        "Die Subdomain fehlt: Bei https://ihrefirma.syncromsp.com ist sie ihrefirma.",
    "There can be only one name before .syncromsp.com":
        "Vor .syncromsp.com kann nur ein einziger Name stehen.",
    "A subdomain has no underscore: letters, digits and hyphens only":
        "Eine Subdomain hat keinen Unterstrich: nur Buchstaben, Ziffern und Bindestriche.",
    "A subdomain has only the letters a to z, digits and hyphens":
        "Eine Subdomain hat nur die Buchstaben a bis z, Ziffern und Bindestriche.",
    "A subdomain does not begin or end with a hyphen":
        "Eine Subdomain beginnt und endet nicht mit einem Bindestrich.",
    "A subdomain has at most 63 characters": "Eine Subdomain hat höchstens 63 Zeichen.",
    "Leave out the user name before @: only the subdomain is wanted":
        "Lassen Sie den Benutzernamen vor dem @ weg: Gefragt ist nur die Subdomain.",
    "Leave out the port after the colon: Parley speaks to Syncro at its own":
        "Lassen Sie den Port nach dem Doppelpunkt weg: Parley spricht Syncro an dessen eigenem an.",
    "That is too long: enter only the subdomain": "Das ist zu lang. Geben Sie nur die Subdomain " +
    "ein.",
    "That is no web address: enter the subdomain, or the address that begins with https://":
        "Das ist keine Webadresse. Geben Sie die Subdomain ein, oder die Adresse, die mit " +
        "https:// beginnt.",
    "The API key is empty": "Der API-Schlüssel ist leer.",
    "The API key is too long: copy only the key":
        "Der API-Schlüssel ist zu lang. Kopieren Sie nur den Schlüssel.",
    "The API key has white space or other characters that no key has: copy it again":
        "Der API-Schlüssel enthält Leerraum oder andere Zeichen, die kein Schlüssel hat. " +
        "Kopieren Sie ihn noch einmal.",
    "Enter the API key": "Geben Sie den API-Schlüssel ein.",
    "Enter the API key: none is stored for this account":
        "Geben Sie den API-Schlüssel ein: Für dieses Konto ist keiner gespeichert.",
    "Enter the API key: the one that is stored is of another account":
        "Geben Sie den API-Schlüssel ein: Der gespeicherte gehört zu einem anderen Konto.",
    ["These credentials were not tested, or not all was well. Test them again, or save them all " +
    "the same"]: "Diese Zugangsdaten wurden nicht getestet, oder es war nicht alles gut. Testen " +
        "Sie sie noch einmal, oder speichern Sie sie trotzdem.",
    "The test was too long ago: test the credentials again":
        "Der Test ist zu lange her. Testen Sie die Zugangsdaten noch einmal.",
    "Other tests are under way: wait until they are over":
        "Andere Tests laufen noch. Warten Sie, bis sie vorbei sind.",
};

const waits = {
    "Sending is paused by an administrator. What waits is sent when it is resumed under Connectors":
        "Ein Administrator hat das Senden pausiert. Was wartet, wird gesendet, wenn es unter " +
        "Anbindungen fortgesetzt wird.",
    ["The connector was removed by an administrator. What waits is sent when one is set again " +
    "under Connectors"]: "Ein Administrator hat die Anbindung entfernt. Was wartet, wird " +
        "gesendet, wenn unter Anbindungen wieder eine eingerichtet ist.",
    ["Syncro does not let this API key in: it was disabled or deleted, or has expired. Enable it " +
    "in Syncro, or make a new one and set it here"]: "Syncro lässt diesen API-Schlüssel nicht " +
        "ein: Er wurde gesperrt oder gelöscht oder ist abgelaufen. Geben Sie ihn in Syncro frei, " +
        "oder legen Sie einen neuen an, und geben Sie ihn hier ein.",
    "Syncro asks us to slow down": "Syncro bittet uns, langsamer zu sein.",
    "Syncro refused it ({1}): {2}": "Syncro hat es abgelehnt ({1}): {2}.",
    "Syncro has trouble of its own ({1})": "Syncro hat selbst eine Störung ({1}).",
    "Syncro cannot be reached: {1}": "Syncro ist nicht erreichbar: {1}.",
    "No safe connection to Syncro: {1}": "Keine sichere Verbindung zu Syncro: {1}.",
    "Syncro did not answer in time": "Syncro hat nicht rechtzeitig geantwortet.",
    "The connection to Syncro broke: {1}": "Die Verbindung zu Syncro ist abgebrochen: {1}.",
    "Syncro sent us elsewhere ({1}). Is the subdomain right?":
        "Syncro hat uns anderswohin geschickt ({1}). Stimmt die Subdomain?",
    ["Syncro says that the ticket is not there, but shows it. Does the API key's user see all " +
    "customers?"]: "Syncro sagt, dass es das Ticket nicht gibt, zeigt es aber. Sieht der " +
        "Benutzer des API-Schlüssels alle Kunden?",
    "The stored token does not open with this server's key. Set the connector again":
        "Das gespeicherte Token lässt sich mit dem Schlüssel dieses Servers nicht öffnen. " +
        "Richten Sie die Anbindung neu ein.",
    "The subdomain is not one. Set the connector again":
        "Die Subdomain ist keine. Richten Sie die Anbindung neu ein.",
    "This Parley does not know the PSA that is set. Set the connector again":
        "Dieses Parley kennt die eingestellte PSA nicht. Richten Sie die Anbindung neu ein.",
    "Enter the API key again: what is stored does not open with this server's key":
        "Geben Sie den API-Schlüssel noch einmal ein: Der gespeicherte lässt sich mit dem " +
        "Schlüssel dieses Servers nicht öffnen.",
    "Syncro answered a page instead of data ({1}). Is the subdomain right?":
        "Syncro hat eine Seite statt Daten geantwortet ({1}). Stimmt die Subdomain?",
    "Syncro's answer cannot be read: {1}": "Die Antwort von Syncro ist nicht zu lesen: {1}.",
    "Syncro's answer is larger than expected": "Die Antwort von Syncro ist größer als erwartet.",
    'Syncro\'s answer has no "{1}"': "Der Antwort von Syncro fehlt „{1}“.",
    "Syncro's answer does not say what it made": "Die Antwort von Syncro sagt nicht, was entstand.",
    "Too many tickets to look through for this one":
        "Zu viele Tickets, um dieses darunter zu suchen.",
    "Too many comments to look through for this one":
        "Zu viele Kommentare, um diesen darunter zu suchen.",
    "It is not known yet whether it was sent":
        "Es steht noch nicht fest, ob es gesendet wurde.",
    ["Several in the PSA may be this person, or whom you chose is not there any more. Choose who " +
    "it is under Needs attention: it is asked only once"]: "Mehrere in der PSA können diese " +
        "Person sein, oder wen Sie gewählt haben, gibt es nicht mehr. Wählen Sie unter Zu " +
        "klären, wer es ist: Gefragt wird nur einmal.",
    ["No company is known for this person, and no fallback customer is set. Add the email to a " +
    "contact in the PSA, choose a company under Needs attention or set a fallback customer, then " +
    "try again"]: "Für diese Person ist keine Firma bekannt, und kein Kunde für Unbekannte ist " +
        "eingestellt. Tragen Sie die E-Mail-Adresse in der PSA bei einem Kontakt ein, wählen Sie " +
        "unter Zu klären eine Firma, oder stellen Sie einen Kunden für Unbekannte ein, und " +
        "versuchen Sie es noch einmal.",
    ["The files wait in Parley: files_public is not set any more. Set it and try again, or leave " +
    "them there"]: "Die Dateien warten in Parley: files_public ist nicht mehr gesetzt. Setzen " +
        "Sie es, und versuchen Sie es noch einmal, oder lassen Sie sie dort.",
    ["Its ticket is in another account than the connector's. Connect that account again, or " +
    "close the conversation"]: "Das Ticket ist in einem anderen Konto als dem der Anbindung. " +
        "Verbinden Sie jenes Konto wieder, oder schließen Sie die Unterhaltung.",
};

export const syncro: Heard = { ...guide, ...test, ...account, ...waits };

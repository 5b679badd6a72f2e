#include "api/rest_words.h"

#include <string.h>

#include "api/rest_private.h"

/* clang-format off */
static const char *const german[][2] = {
    {"This link is not whole", "Dieser Link ist nicht vollständig"},
    {"Copy all of it from the letter, or answer the letter's sender.",
     "Kopieren Sie ihn ganz aus der E-Mail, oder antworten Sie deren Absender."},
    {"Letters about answers", "E-Mails über Antworten"},
    {"When you are answered and do not read it in the chat, a letter tells you. Do you want no "
     "more of these letters?",
     "Wenn Sie eine Antwort bekommen und sie nicht im Chat lesen, sagt Ihnen eine E-Mail Bescheid. "
     "Möchten Sie keine solchen E-Mails mehr?"},
    {"No more letters", "Keine E-Mails mehr"},
    {"Not done", "Nicht erledigt"},
    {"The server cannot do this now. Try again in a moment.",
     "Der Server kann das gerade nicht. Versuchen Sie es gleich noch einmal."},
    {"You get letters again", "Sie bekommen wieder E-Mails"},
    {"They tell of answers that you did not read.",
     "Sie sagen Bescheid über Antworten, die Sie nicht gelesen haben."},
    {"What is answered is in the chat, whenever you look.",
     "Was geantwortet wird, steht im Chat, wann immer Sie nachsehen."},
    {"Send me letters again", "Wieder E-Mails senden"},
    {"You can close this window.", "Sie können dieses Fenster schließen."},
    {"Not signed in", "Nicht angemeldet"},
    {"Back to signing in", "Zurück zur Anmeldung"},
    {"Signed in", "Angemeldet"},
    {"You are signed in.", "Sie sind angemeldet."},
    {"Go on", "Weiter"},
    {"Here staff sign in with a password.", "Hier meldet sich das Team mit einem Passwort an."},
    {"The account with your email address belongs to somebody else at the sign-in service. Ask an "
     "administrator to reset it if it is yours.",
     "Das Konto mit Ihrer E-Mail-Adresse gehört beim Anmeldedienst jemand anderem. Wenn es Ihres "
     "ist, bitten Sie einen Administrator, es zurückzusetzen."},
    {"The sign-in service does not tell your email address, so that Parley cannot know whose "
     "account this is. Ask your administrator.",
     "Der Anmeldedienst nennt Ihre E-Mail-Adresse nicht, und so kann Parley nicht wissen, wessen "
     "Konto dies ist. Fragen Sie Ihren Administrator."},
    {"The sign-in service has not verified your email address, so that it could be anybody's. "
     "Verify it there, then sign in again.",
     "Der Anmeldedienst hat Ihre E-Mail-Adresse nicht bestätigt, und so könnte es die von "
     "irgendjemandem sein. Bestätigen Sie sie dort, und melden Sie sich noch einmal an."},
    {"Your account is disabled. Ask an administrator.",
     "Ihr Konto ist gesperrt. Fragen Sie einen Administrator."},
    {"Your account was changed just now. Sign in again.",
     "Ihr Konto wurde gerade geändert. Melden Sie sich noch einmal an."},
    {"Too many people are signing in now. Try again in a minute.",
     "Gerade melden sich zu viele an. Versuchen Sie es in einer Minute noch einmal."},
    {"This sign-in was used already, took longer than ten minutes, or began in another browser. "
     "Sign in again.",
     "Diese Anmeldung wurde schon benutzt, dauerte länger als zehn Minuten oder begann in einem "
     "anderen Browser. Melden Sie sich noch einmal an."},
    {"The sign-in service cannot be used now. Try again in a minute; if that does not help, an "
     "administrator finds the reason in Parley's log.",
     "Der Anmeldedienst ist gerade nicht zu benutzen. Versuchen Sie es in einer Minute noch "
     "einmal; hilft das nicht, findet ein Administrator den Grund im Log von Parley."},
    {"The sign-in service answered something that Parley does not trust. Try again; if that does "
     "not help, an administrator finds the reason in Parley's log.",
     "Der Anmeldedienst hat etwas geantwortet, dem Parley nicht traut. Versuchen Sie es noch "
     "einmal; hilft das nicht, findet ein Administrator den Grund im Log von Parley."},
    {"Your code", "Ihr Code"},
    {"The sign-in service knows you. Type this code into the chat that you came from:",
     "Der Anmeldedienst kennt Sie. Tippen Sie diesen Code in den Chat, aus dem Sie kommen:"},
    {"You are signed in as", "Angemeldet sind Sie als"},
    {"It holds for ten minutes. Give it to nobody, whoever asks.",
     "Er gilt zehn Minuten. Geben Sie ihn niemandem, wer auch fragt."},
    {"There is no sign-in service here.", "Hier gibt es keinen Anmeldedienst."},
    {"Too many tries from your address. Wait a moment.",
     "Zu viele Versuche von Ihrer Adresse. Warten Sie einen Moment."},
    {"This address was used already, or is too old. Begin again in the chat.",
     "Diese Adresse wurde schon benutzt oder ist zu alt. Beginnen Sie im Chat neu."},
    {"This sign-in was used already, took longer than ten minutes, or began in another browser. "
     "Begin again in the chat.",
     "Diese Anmeldung wurde schon benutzt, dauerte länger als zehn Minuten oder begann in einem "
     "anderen Browser. Beginnen Sie im Chat neu."},
};
/* clang-format on */

const char *rest_language(const struct rest *r)
{
    const char *wishes = r->languages;

    /* Browsers name what they want most first. */
    for (; wishes != NULL; wishes = strchr(wishes, ',')) {
        wishes += strspn(wishes, ", ");
        if (strncmp(wishes, "de", 2) == 0 && strchr("-;, ", wishes[2]) != NULL)
            return "de";
        if (strncmp(wishes, "en", 2) == 0)
            return "en";
    }
    return "en";
}

const char *rest_say(const struct rest *r, const char *english)
{
    if (strcmp(rest_language(r), "de") == 0)
        for (size_t i = 0; i < COUNT_OF(german); i++)
            if (strcmp(german[i][0], english) == 0)
                return german[i][1];
    return english;
}

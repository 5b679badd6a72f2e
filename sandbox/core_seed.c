/* The demo's account: companies and the fallback, their people, and tickets that began by phone and
 * by email. Tests know the ids of the first of each kind: add at the end. */
#include <stdlib.h>

#include "base/str.h"
#include "sandbox/core_private.h"

struct seed_person {
    const char *name, *email, *phone, *title;
};
struct seed_company {
    const char *business, *first, *last, *email, *phone, *city;
    struct seed_person people[4];
};

static const struct seed_company companies[] = {
    {"Northwind Bakery",
     "Hugo",
     "Moreau",
     "office@northwind.example",
     "5550101",
     "Port Alder",
     {{"Ines Moreau", "ines.moreau@northwind.example", "5550111", "Owner"},
      {"Jonas Feld", "jonas.feld@northwind.example", "5550112", "Head baker"},
      {"Amara Osei", "amara.osei@northwind.example", "5550113", "Orders"}}},
    {"Harbour Dental",
     "Selin",
     "Aydin",
     "desk@harbourdental.example",
     "5550201",
     "Port Alder",
     {{"Selin Aydin", "selin.aydin@harbourdental.example", "5550211", "Dentist"},
      {"Piotr Nowak", "piotr.nowak@harbourdental.example", "5550212", "Front desk"}}},
    {"Cobalt Freight",
     "Rosa",
     "Delgado",
     "it@cobaltfreight.example",
     "5550301",
     "Millbrook",
     {{"Rosa Delgado", "rosa.delgado@cobaltfreight.example", "5550311", "Dispatch"},
      {"Niklas Berg", "niklas.berg@cobaltfreight.example", "5550312", "Warehouse"},
      {"Lena Park", "lena.park@cobaltfreight.example", "5550313", "Accounts"}}},
    {"Unsorted requests", NULL, NULL, "unsorted@msp.example", NULL, NULL, {{0}}},
    /* An address of its own and no people. */
    {"Lighthouse Legal",
     "Ruth",
     "Amsel",
     "reception@lighthouselegal.example",
     "5550401",
     "Port Alder",
     {{0}}},
    {"Fernhill Optics",
     "Owen",
     "Hart",
     "hello@fernhill.example",
     "5550501",
     "Fernhill",
     {{"Owen Hart", "owen+helpdesk@fernhill.example", "5550511", "Owner"},
      {"Greta Lund", "Greta.Lund@Fernhill.Example", "5550512", "Optician"},
      {"Marta Quill", "marta@quillbooks.example", "5550601", "Bookkeeper"}}},
    {"Bäckerei Süd",
     "Zoë",
     "Baumann",
     "kontakt@bäckerei-süd.example",
     "5550701",
     "Millbrook",
     {{"Zoë Baumann", "zoe@bäckerei-süd.example", "5550711", "Owner"}}},
};

/* The bookkeeper of two companies: one address, two contacts. */
static const struct seed_person second_marta = {"Marta Quill", "marta@quillbooks.example",
                                                "5550601", "Bookkeeper"};
#define MARTA_ELSEWHERE 1 /* Harbour Dental */
#define NO_PERSON       SIZE_MAX

static const struct seed_ticket {
    size_t company, person; /* indexes above; or NO_PERSON */
    const char *subject, *status, *priority, *problem, *said, *answer, *note;
    int64_t hours_ago;
    size_t user;       /* index of sb_users */
    bool by_phone;     /* the user wrote it down; otherwise it came by email */
    const char *reply; /* the person's last word, by email; NULL: none */
} tickets[] = {
    {2, 2, "Cannot open the shared ledger", "Resolved", "2 Normal", "Network",
     "The drive with the ledger is not there since the power cut.",
     "The file server is back; the drive should be there after you sign in again.", NULL, 190, 1},
    {1, 1, "New colleague needs a mailbox", "Waiting on Customer", "3 Low", "Email",
     "Marta Zielinska begins on Monday and needs a mailbox and the calendar of the front desk.",
     "Gladly. Which day shall the mailbox be ready, and who approves the licence?", NULL, 50, 2},
    {0, 1, "Label printer prints blank labels", "In Progress", "2 Normal", "Hardware",
     "Since this morning the label printer in the bakery only feeds empty labels.",
     "Thank you, Jonas. Please turn it off and on once, and tell us which light blinks.",
     "Same model as in spring: the ribbon was loaded the wrong way round.", 27, 1},
    {2, 0, "Dispatch screen freezes every hour", "New", "1 High", "Software",
     "The dispatch program stands still for a minute or two, about once an hour.", NULL, NULL, 5,
     0},
    {.company = 0,
     .person = 0,
     .subject = "Till display stays dark",
     .status = "Scheduled",
     .priority = "1 High",
     .problem = "Hardware",
     .said = "Ines called: the customer's side of the till shows nothing since Monday.",
     .answer = "We come by on Thursday at seven with a spare display.",
     .note = "HIDDEN-NORTHWIND-1: the spare one is the last of that model.",
     .hours_ago = 30,
     .user = 1,
     .by_phone = true},
    {.company = 0,
     .person = 0,
     .subject = "Invoices print twice",
     .status = "Resolved",
     .priority = "3 Low",
     .problem = "Software",
     .said = "Each invoice comes out of the printer two times.",
     .answer = "The template asked for two copies; it is one now.",
     .note = "HIDDEN-NORTHWIND-2: they changed the template themselves.",
     .hours_ago = 95,
     .user = 2},
    {.company = 0,
     .person = 2,
     .subject = "Order tablet has no Wi-Fi",
     .status = "In Progress",
     .priority = "2 Normal",
     .problem = "Network",
     .said = "Amara called: the tablet at the counter does not find the network.",
     .answer = "Please leave it switched on; we look at the access point from here.",
     .hours_ago = 8,
     .user = 2,
     .by_phone = true},
    {.company = 2,
     .person = 1,
     .subject = "Scanner pairs with the wrong desk",
     .status = "Customer Reply",
     .priority = "2 Normal",
     .problem = "Hardware",
     .said = "The hand scanner of dock 2 types into the computer of dock 3.",
     .answer = "Please read the code on the back of the dock once and tell us what it does.",
     .note = "HIDDEN-COBALT-1: docks 2 and 3 were swapped in the move.",
     .hours_ago = 20,
     .user = 1,
     .reply = "That helped for an hour, now it is dock 3 again."},
    {.company = 1,
     .person = 0,
     .subject = "X-ray pictures open slowly",
     .status = "Resolved",
     .priority = "1 High",
     .problem = "Software",
     .said = "Selin called: pictures take half a minute to open.",
     .answer = "The archive was on the old disk; it has moved, and they open at once.",
     .note = "HIDDEN-HARBOUR-1: the old disk shows errors, replace it.",
     .hours_ago = 140,
     .user = 2,
     .by_phone = true},
    {.company = 4,
     .person = NO_PERSON,
     .subject = "Door camera is offline",
     .status = "New",
     .priority = "2 Normal",
     .problem = "Network",
     .said = "The camera at the entrance shows no picture since last night.",
     .note = "HIDDEN-LIGHTHOUSE-1: their switch has no free port.",
     .hours_ago = 12,
     .user = 0},
    {.company = 5,
     .person = 0,
     .subject = "Frame catalogue asks for a password",
     .status = "In Progress",
     .priority = "2 Normal",
     .problem = "Software",
     .said = "Owen called: the catalogue of the supplier wants a password since today.",
     .answer = "The supplier has moved; we set up the new sign-in today.",
     .hours_ago = 4,
     .user = 1,
     .by_phone = true},
    {.company = 5,
     .person = 1,
     .subject = "Vision test screen flickers",
     .status = "Waiting on Customer",
     .priority = "3 Low",
     .problem = "Hardware",
     .said = "The screen in room 1 flickers in the mornings.",
     .answer = "Does it stop when the blinds are down?",
     .note = "HIDDEN-FERNHILL-1: could be the lamp, not the screen.",
     .hours_ago = 60,
     .user = 2},
    {.company = 6,
     .person = 0,
     .subject = "Kasse startet nicht",
     .status = "New",
     .priority = "0 Urgent",
     .problem = "Hardware",
     .said = "Die Kasse bleibt beim Start stehen. Grüße, Zoë",
     .hours_ago = 2,
     .user = 0},
    {.company = MARTA_ELSEWHERE,
     .person = 2,
     .subject = "Books of Harbour Dental do not open",
     .status = "In Progress",
     .priority = "2 Normal",
     .problem = "Software",
     .said = "The accounts file says that it is in use by somebody.",
     .answer = "We closed the session that held it; please try again.",
     .hours_ago = 26,
     .user = 1},
    {.company = 5,
     .person = 2,
     .subject = "Books of Fernhill need more room",
     .status = "Resolved",
     .priority = "3 Low",
     .problem = "Other",
     .said = "The drive for the accounts is full.",
     .answer = "It has twice the room now.",
     .hours_ago = 200,
     .user = 2},
};

static struct sb_customer *seed_company(struct sandbox *sb, const struct seed_company *from,
                                        int64_t now_ms)
{
    struct sb_customer *u = sb_table_add(&sb->customers);

    if (u == NULL)
        abort();
    u->created_ms = u->updated_ms = now_ms - INT64_C(90) * 86400000;
    sb_text_set(&u->business_name, from->business);
    sb_text_set(&u->firstname, from->first);
    sb_text_set(&u->lastname, from->last);
    sb_text_set(&u->email, from->email);
    sb_text_set(&u->phone, from->phone);
    sb_text_set(&u->city, from->city);
    sb_changed(sb, u, &sb_customer_type);
    return u;
}

static void seed_person(struct sandbox *sb, const struct seed_person *from, int64_t customer_id,
                        int64_t created_ms)
{
    struct sb_contact *p = sb_table_add(&sb->contacts);
    struct buf properties;

    if (p == NULL)
        abort();
    buf_init(&properties, 256);
    buf_printf(&properties, "{\"title\":\"%s\"}", from->title);
    p->customer_id = customer_id;
    p->created_ms = p->updated_ms = created_ms;
    sb_text_set(&p->name, from->name);
    sb_text_set(&p->email, from->email);
    sb_text_set(&p->phone, from->phone);
    sb_text_set(&p->properties, properties.ptr);
    sb_changed(sb, p, &sb_contact_type);
    buf_free(&properties);
}

static void seed_ticket(struct sandbox *sb, const struct seed_ticket *from, int64_t customer_id,
                        int64_t contact_id, int64_t now_ms)
{
    const int64_t at_ms = now_ms - from->hours_ago * 3600000;
    const struct sb_user *user = &sb_users[from->user];
    struct sb_ticket *t = sb_table_add(&sb->tickets);

    if (t == NULL)
        abort();
    t->number = sb->next_number++;
    t->customer_id = customer_id;
    t->contact_id = contact_id;
    t->user_id = user->id;
    t->created_ms = t->due_ms = t->updated_ms = at_ms;
    sb_text_set(&t->subject, from->subject);
    sb_text_set(&t->priority, from->priority);
    sb_text_set(&t->problem_type, from->problem);
    sb_ticket_status_set(t, from->status, at_ms + 3600000);
    sb_changed(sb, t, &sb_ticket_type);
    if (from->by_phone)
        sb_comment_add(sb, t, "Initial Issue", from->said, user->name, false, true, user->id,
                       at_ms);
    else
        sb_comment_add(sb, t, "Initial Issue", from->said, NULL, false, false, 0, at_ms);
    if (from->note != NULL)
        sb_comment_add(sb, t, "Private note", from->note, user->name, true, true, user->id,
                       at_ms + 1200000);
    if (from->answer != NULL)
        sb_comment_add(sb, t, "Update", from->answer, user->name, false, false, user->id,
                       at_ms + 2400000);
    if (from->reply != NULL)
        sb_comment_add(sb, t, "Customer Reply", from->reply, NULL, false, true, 0, at_ms + 3600000);
}

void sb_seed_demo(struct sandbox *sb, int64_t now_ms)
{
    int64_t customer_ids[COUNT_OF(companies)];
    int64_t contact_ids[COUNT_OF(companies)][COUNT_OF(companies[0].people)] = {{0}};

    for (size_t i = 0; i < COUNT_OF(companies); i++) {
        const struct sb_customer *u = seed_company(sb, &companies[i], now_ms);
        customer_ids[i] = u->id;
        for (size_t j = 0; companies[i].people[j].name != NULL; j++) {
            contact_ids[i][j] = sb->contacts.next_id;
            seed_person(sb, &companies[i].people[j], u->id, u->created_ms);
        }
    }
    contact_ids[MARTA_ELSEWHERE][2] = sb->contacts.next_id;
    seed_person(sb, &second_marta, customer_ids[MARTA_ELSEWHERE], now_ms);
    for (size_t i = 0; i < COUNT_OF(tickets); i++) {
        const struct seed_ticket *t = &tickets[i];
        seed_ticket(sb, t, customer_ids[t->company],
                    t->person == NO_PERSON ? 0 : contact_ids[t->company][t->person], now_ms);
    }
}

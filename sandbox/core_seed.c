/* The demo's account: three companies and the fallback, their people, and some tickets. */
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
};

static const struct seed_ticket {
    size_t company, person; /* indexes above */
    const char *subject, *status, *priority, *problem, *said, *answer, *note;
    int64_t hours_ago;
    size_t user; /* index of sb_users */
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
    sb_comment_add(sb, t, "Initial Issue", from->said, NULL, false, false, 0, at_ms);
    if (from->note != NULL)
        sb_comment_add(sb, t, "Private note", from->note, user->name, true, true, user->id,
                       at_ms + 1200000);
    if (from->answer != NULL)
        sb_comment_add(sb, t, "Update", from->answer, user->name, false, false, user->id,
                       at_ms + 2400000);
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
    for (size_t i = 0; i < COUNT_OF(tickets); i++)
        seed_ticket(sb, &tickets[i], customer_ids[tickets[i].company],
                    contact_ids[tickets[i].company][tickets[i].person], now_ms);
}

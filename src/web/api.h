#ifndef OSTEON_WEB_API_H
#define OSTEON_WEB_API_H
/* The handlers of the JSON API, one for each row of web/routes.c. Each reads what the
 * route names, runs a verb of the actions and writes its answer. The file that holds
 * them stands above each block. */
#include "web/handler.h"

/* api_study.c */
request_step handle_health, handle_study, handle_permissions, handle_openapi;

/* api_sign_in.c */
request_step handle_login, handle_link_read, handle_link_use, handle_logout;

/* api_account.c */
request_step handle_me, handle_password, handle_totp_start, handle_totp_confirm,
    handle_totp_remove, handle_signed_in, handle_sign_out_others;

/* api_participants.c */
request_step handle_participants, handle_participant_add, handle_casebook,
    handle_attach, handle_detach, handle_enrol;

/* api_forms.c */
request_step handle_form, handle_history, handle_vault_view;

/* api_mutations.c */
request_step handle_mutations;

/* api_users.c */
request_step handle_users, handle_user_add, handle_user_roles, handle_user_disable,
    handle_user_enable, handle_user_reset, handle_user_sign_out;

/* api_log.c */
request_step handle_audit, handle_verify, handle_checkpoint;


/* api_live.c */
request_step handle_live;

#endif

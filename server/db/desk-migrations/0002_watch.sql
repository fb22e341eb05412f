CREATE TABLE "desk"."incident_members" (
	"incident_id" integer NOT NULL,
	"webhook_id" bigint NOT NULL,
	"business_id" bigint NOT NULL,
	"name" text NOT NULL,
	"action" integer NOT NULL,
	"failures" integer NOT NULL,
	"error" text,
	"last_trigger" text,
	"joined_at" timestamp with time zone NOT NULL,
	"told_step" text,
	"good_looks" integer NOT NULL,
	"left_at" timestamp with time zone,
	"left" text,
	CONSTRAINT "incident_members_one" UNIQUE("incident_id","webhook_id")
);
--> statement-breakpoint
CREATE TABLE "desk"."incidents" (
	"id" serial PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"origin" text NOT NULL,
	"opened_at" timestamp with time zone NOT NULL,
	"opened_look" integer NOT NULL,
	"was_found" boolean NOT NULL,
	"step" text NOT NULL,
	"told_at" timestamp with time zone,
	"closed_at" timestamp with time zone,
	"outcome" text,
	"trouble" text,
	"acknowledged_by" text,
	"acknowledged_at" timestamp with time zone,
	"reason" text
);
--> statement-breakpoint
CREATE TABLE "desk"."notices" (
	"id" serial PRIMARY KEY NOT NULL,
	"key" text NOT NULL,
	"incident_id" integer,
	"kind" text NOT NULL,
	"channel" text NOT NULL,
	"recipient" text NOT NULL,
	"content" jsonb NOT NULL,
	"happened_at" timestamp with time zone NOT NULL,
	"state" text NOT NULL,
	"due_at" timestamp with time zone NOT NULL,
	"tries" integer DEFAULT 0 NOT NULL,
	"claim" text,
	"claimed_until" timestamp with time zone,
	"settled_at" timestamp with time zone,
	"problem" text,
	CONSTRAINT "notices_key_unique" UNIQUE("key")
);
--> statement-breakpoint
CREATE TABLE "desk"."recipients" (
	"account" text PRIMARY KEY NOT NULL,
	"address" text NOT NULL,
	"verified_at" timestamp with time zone,
	"is_on" boolean NOT NULL,
	"pending" text,
	"code_hash" text,
	"code_until" timestamp with time zone,
	"code_tries" integer DEFAULT 0 NOT NULL,
	"unsubscribe" text NOT NULL,
	"reach" jsonb,
	"reach_at" timestamp with time zone NOT NULL,
	"locations" jsonb,
	"first_step" text NOT NULL,
	"zone" text NOT NULL,
	CONSTRAINT "recipients_unsubscribe_unique" UNIQUE("unsubscribe")
);
--> statement-breakpoint
CREATE TABLE "desk"."looks" (
	"id" serial PRIMARY KEY NOT NULL,
	"started_at" timestamp with time zone NOT NULL,
	"ended_at" timestamp with time zone NOT NULL,
	"pages" integer NOT NULL,
	"rows" integer NOT NULL,
	"unread" integer NOT NULL,
	"trouble" text,
	"upstream_status" integer
);
--> statement-breakpoint
CREATE TABLE "desk"."places" (
	"business_id" bigint PRIMARY KEY NOT NULL,
	"name" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "desk"."transitions" (
	"id" serial PRIMARY KEY NOT NULL,
	"webhook_id" bigint NOT NULL,
	"business_id" bigint NOT NULL,
	"kind" text NOT NULL,
	"look_before" integer,
	"look_before_at" timestamp with time zone,
	"look" integer NOT NULL,
	"seen_at" timestamp with time zone NOT NULL,
	"happened_at" timestamp with time zone,
	"health_before" text,
	"health" text NOT NULL,
	"count_from" integer,
	"count_to" integer,
	"error" text
);
--> statement-breakpoint
CREATE TABLE "desk"."watch_account" (
	"key" text PRIMARY KEY NOT NULL,
	"email" text NOT NULL,
	"rights" jsonb NOT NULL,
	"locations" jsonb,
	"refused" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"client_id" text NOT NULL,
	"tokens" text NOT NULL,
	"generation" integer DEFAULT 1 NOT NULL,
	"tokens_received_at" timestamp with time zone NOT NULL,
	"tokens_expire_at" timestamp with time zone NOT NULL,
	"refresh_claim" text,
	"refresh_claimed_until" timestamp with time zone,
	"signed_in_by" text,
	"signed_in_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "desk"."watch_turn" (
	"key" text PRIMARY KEY NOT NULL,
	"claim" text,
	"claimed_until" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "desk"."watched" (
	"webhook_id" bigint PRIMARY KEY NOT NULL,
	"business_id" bigint NOT NULL,
	"record" jsonb NOT NULL,
	"health" text NOT NULL,
	"failures" integer NOT NULL,
	"since_look" integer NOT NULL,
	"since_at" timestamp with time zone NOT NULL,
	"missed" integer DEFAULT 0 NOT NULL
);
--> statement-breakpoint
ALTER TABLE "desk"."incident_members" ADD CONSTRAINT "incident_members_incident_id_incidents_id_fk" FOREIGN KEY ("incident_id") REFERENCES "desk"."incidents"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "desk"."notices" ADD CONSTRAINT "notices_incident_id_incidents_id_fk" FOREIGN KEY ("incident_id") REFERENCES "desk"."incidents"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "incidents_closed" ON "desk"."incidents" USING btree ("closed_at");--> statement-breakpoint
CREATE INDEX "notices_state" ON "desk"."notices" USING btree ("state","due_at");--> statement-breakpoint
CREATE INDEX "looks_ended" ON "desk"."looks" USING btree ("ended_at");--> statement-breakpoint
CREATE INDEX "transitions_webhook" ON "desk"."transitions" USING btree ("webhook_id","id");
CREATE SCHEMA IF NOT EXISTS "desk";
--> statement-breakpoint
CREATE TABLE "desk"."changes" (
	"id" serial PRIMARY KEY NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"by" text NOT NULL,
	"kind" text NOT NULL,
	"webhook_id" bigint NOT NULL,
	"business_id" bigint NOT NULL,
	"before" jsonb,
	"after" jsonb,
	"intent" text NOT NULL,
	"run_id" integer,
	"since" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "desk"."intents" (
	"key" text PRIMARY KEY NOT NULL,
	"fingerprint" text NOT NULL,
	"state" text NOT NULL,
	"claim" text NOT NULL,
	"claimed_until" timestamp with time zone NOT NULL,
	"twins_before" jsonb,
	"sent" jsonb,
	"before" jsonb,
	"webhook_id" bigint,
	"may_arrive_until" timestamp with time zone,
	"updated_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "desk"."recounts" (
	"change_id" integer PRIMARY KEY NOT NULL,
	"at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "desk"."run_items" (
	"id" serial PRIMARY KEY NOT NULL,
	"run_id" integer NOT NULL,
	"change" jsonb NOT NULL,
	"state" text NOT NULL,
	"reason" text,
	"before" jsonb,
	"webhook_id" bigint,
	"tries" integer DEFAULT 0 NOT NULL,
	"not_before" timestamp with time zone,
	"is_unsure" boolean DEFAULT false NOT NULL
);
--> statement-breakpoint
CREATE TABLE "desk"."runs" (
	"id" serial PRIMARY KEY NOT NULL,
	"title" text NOT NULL,
	"by" text NOT NULL,
	"session" text NOT NULL,
	"state" text NOT NULL,
	"wait_for" text,
	"wait_until" timestamp with time zone,
	"current" text,
	"created_at" timestamp with time zone NOT NULL,
	"started_at" timestamp with time zone,
	"finished_at" timestamp with time zone,
	"undoes" integer,
	"key" text NOT NULL,
	"claim" text,
	"claimed_until" timestamp with time zone,
	CONSTRAINT "runs_key_unique" UNIQUE("key")
);
--> statement-breakpoint
CREATE TABLE "desk"."seen" (
	"webhook_id" bigint PRIMARY KEY NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"first_at" timestamp with time zone DEFAULT now() NOT NULL,
	"record" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "desk"."turns" (
	"webhook_id" bigint PRIMARY KEY NOT NULL,
	"claim" text NOT NULL,
	"claimed_until" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "desk"."calls" (
	"account" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"is_write" boolean NOT NULL
);
--> statement-breakpoint
CREATE TABLE "desk"."probes" (
	"id" serial PRIMARY KEY NOT NULL,
	"person" text NOT NULL,
	"host" text NOT NULL,
	"started_at" timestamp with time zone NOT NULL,
	"ended_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "desk"."known_sources" (
	"key" text PRIMARY KEY NOT NULL,
	"last_seen_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "desk"."sessions" (
	"id_hash" text PRIMARY KEY NOT NULL,
	"email" text NOT NULL,
	"name" text NOT NULL,
	"rights" jsonb NOT NULL,
	"locations" jsonb,
	"client_id" text NOT NULL,
	"tokens" text NOT NULL,
	"generation" integer DEFAULT 1 NOT NULL,
	"tokens_received_at" timestamp with time zone NOT NULL,
	"tokens_expire_at" timestamp with time zone NOT NULL,
	"refresh_claim" text,
	"refresh_claimed_until" timestamp with time zone,
	"created_at" timestamp with time zone NOT NULL,
	"last_used_at" timestamp with time zone NOT NULL,
	"ends_at" timestamp with time zone NOT NULL,
	"rights_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "desk"."sign_in_failures" (
	"key" text PRIMARY KEY NOT NULL,
	"failures" integer NOT NULL,
	"window_ends_at" timestamp with time zone NOT NULL,
	"blocked_until" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "desk"."spent_codes" (
	"key" text PRIMARY KEY NOT NULL,
	"forgotten_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "desk"."recounts" ADD CONSTRAINT "recounts_change_id_changes_id_fk" FOREIGN KEY ("change_id") REFERENCES "desk"."changes"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "desk"."run_items" ADD CONSTRAINT "run_items_run_id_runs_id_fk" FOREIGN KEY ("run_id") REFERENCES "desk"."runs"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "changes_webhook" ON "desk"."changes" USING btree ("webhook_id","at");--> statement-breakpoint
CREATE INDEX "changes_run" ON "desk"."changes" USING btree ("run_id");--> statement-breakpoint
CREATE INDEX "changes_switched" ON "desk"."changes" USING btree ("webhook_id","id") WHERE kind = 'create' or before ->> 'Active' <> after ->> 'Active';--> statement-breakpoint
CREATE INDEX "changes_readdressed" ON "desk"."changes" USING btree ("webhook_id","id") WHERE before ->> 'URL' <> after ->> 'URL';--> statement-breakpoint
CREATE INDEX "run_items_run" ON "desk"."run_items" USING btree ("run_id","state");--> statement-breakpoint
CREATE INDEX "runs_by" ON "desk"."runs" USING btree ("by","id");--> statement-breakpoint
CREATE INDEX "calls_account" ON "desk"."calls" USING btree ("account","at");--> statement-breakpoint
CREATE INDEX "probes_started" ON "desk"."probes" USING btree ("started_at");
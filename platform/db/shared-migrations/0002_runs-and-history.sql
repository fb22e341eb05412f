CREATE TABLE "desk"."run_items" (
	"id" serial PRIMARY KEY NOT NULL,
	"run_id" integer NOT NULL,
	"change" jsonb NOT NULL,
	"state" text NOT NULL,
	"reason" text,
	"before" jsonb,
	"webhook_id" bigint,
	"tries" integer DEFAULT 0 NOT NULL,
	"not_before" timestamp with time zone
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
	"record" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "desk"."calls" (
	"account" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"is_write" boolean NOT NULL
);
--> statement-breakpoint
ALTER TABLE "desk"."changes" ADD COLUMN "run_id" integer;--> statement-breakpoint
ALTER TABLE "desk"."changes" ADD COLUMN "since" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "desk"."run_items" ADD CONSTRAINT "run_items_run_id_runs_id_fk" FOREIGN KEY ("run_id") REFERENCES "desk"."runs"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "run_items_run" ON "desk"."run_items" USING btree ("run_id","state");--> statement-breakpoint
CREATE INDEX "runs_by" ON "desk"."runs" USING btree ("by","id");--> statement-breakpoint
CREATE INDEX "calls_account" ON "desk"."calls" USING btree ("account","at");--> statement-breakpoint
CREATE INDEX "changes_run" ON "desk"."changes" USING btree ("run_id");
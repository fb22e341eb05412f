CREATE TABLE "desk"."channels" (
	"id" text PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"name" text NOT NULL,
	"url" text NOT NULL,
	"secret" text,
	"hint" text NOT NULL,
	"locations" jsonb,
	"first_step" text NOT NULL,
	"zone" text NOT NULL,
	"set_by" text NOT NULL,
	"set_at" timestamp with time zone NOT NULL,
	"summed_up_at" timestamp with time zone,
	"last_sent_at" timestamp with time zone,
	"problem" text,
	"failing_since" timestamp with time zone,
	"is_failure_told" boolean DEFAULT false NOT NULL
);
--> statement-breakpoint
ALTER TABLE "desk"."incidents" ADD COLUMN "muted_by" text;--> statement-breakpoint
ALTER TABLE "desk"."incidents" ADD COLUMN "muted_until" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "desk"."recipients" ADD COLUMN "quiet_from" text;--> statement-breakpoint
ALTER TABLE "desk"."recipients" ADD COLUMN "quiet_until" text;--> statement-breakpoint
ALTER TABLE "desk"."recipients" ADD COLUMN "digest_at" text;--> statement-breakpoint
ALTER TABLE "desk"."recipients" ADD COLUMN "summed_up_at" timestamp with time zone;
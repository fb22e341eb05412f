CREATE TABLE "desk"."spent_codes" (
	"key" text PRIMARY KEY NOT NULL,
	"forgotten_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "desk"."intents" ADD COLUMN "may_arrive_until" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "sandbox"."users" ADD COLUMN "spent_steps" jsonb DEFAULT '[]'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "desk"."sessions" ADD COLUMN "rights_at" timestamp with time zone DEFAULT now() NOT NULL;
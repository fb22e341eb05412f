CREATE TABLE "desk"."turns" (
	"webhook_id" bigint PRIMARY KEY NOT NULL,
	"claim" text NOT NULL,
	"claimed_until" timestamp with time zone NOT NULL
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
CREATE TABLE "sandbox"."attempts" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "sandbox"."attempts_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"delivery_id" bigint NOT NULL,
	"webhook_id" bigint NOT NULL,
	"state" text NOT NULL,
	"is_counted" boolean DEFAULT false NOT NULL,
	"started_at" timestamp with time zone NOT NULL,
	"finished_at" timestamp with time zone,
	"failure" text,
	"status" integer,
	"message" text,
	"duration_ms" integer
);
--> statement-breakpoint
CREATE TABLE "sandbox"."deliveries" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "sandbox"."deliveries_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"event_id" bigint NOT NULL,
	"webhook_id" bigint NOT NULL,
	"state" text NOT NULL,
	"tries" integer DEFAULT 0 NOT NULL,
	"next_attempt_at" timestamp with time zone NOT NULL,
	"claim" text,
	"lease_ends_at" timestamp with time zone,
	"reason" text,
	"finished_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "sandbox"."events" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "sandbox"."events_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"business_id" bigint NOT NULL,
	"action" integer NOT NULL,
	"entity" text NOT NULL,
	"record_id" bigint,
	"body" text NOT NULL,
	"at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "sandbox"."received" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "sandbox"."received_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"receiver" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"method" text NOT NULL,
	"target" text NOT NULL,
	"headers" jsonb NOT NULL,
	"body" text NOT NULL,
	"answer" text NOT NULL,
	"signature" text NOT NULL,
	"business_id" bigint
);
--> statement-breakpoint
CREATE TABLE "sandbox"."receivers" (
	"name" text PRIMARY KEY NOT NULL,
	"answer" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "sandbox"."stops" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "sandbox"."stops_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"webhook_id" bigint NOT NULL,
	"attempt_id" bigint NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"error_count" integer NOT NULL
);
--> statement-breakpoint
DROP INDEX "sandbox"."webhooks_business";--> statement-breakpoint
ALTER TABLE "desk"."intents" ADD COLUMN "before" jsonb;--> statement-breakpoint
ALTER TABLE "sandbox"."businesses" ADD COLUMN "shared_secret" text;--> statement-breakpoint
ALTER TABLE "sandbox"."webhooks" ADD COLUMN "is_on_trial" boolean DEFAULT false NOT NULL;--> statement-breakpoint
CREATE INDEX "probes_started" ON "desk"."probes" USING btree ("started_at");--> statement-breakpoint
CREATE INDEX "attempts_delivery" ON "sandbox"."attempts" USING btree ("delivery_id");--> statement-breakpoint
CREATE INDEX "attempts_webhook" ON "sandbox"."attempts" USING btree ("webhook_id","id");--> statement-breakpoint
CREATE INDEX "deliveries_due" ON "sandbox"."deliveries" USING btree ("next_attempt_at") WHERE state in ('queued', 'retry');--> statement-breakpoint
CREATE INDEX "deliveries_waiting" ON "sandbox"."deliveries" USING btree ("webhook_id","next_attempt_at") WHERE state in ('queued', 'retry');--> statement-breakpoint
CREATE INDEX "deliveries_claimed" ON "sandbox"."deliveries" USING btree ("lease_ends_at") WHERE state = 'claimed';--> statement-breakpoint
CREATE INDEX "deliveries_webhook" ON "sandbox"."deliveries" USING btree ("webhook_id","state");--> statement-breakpoint
CREATE INDEX "events_entity" ON "sandbox"."events" USING btree ("business_id","entity","id");--> statement-breakpoint
CREATE INDEX "webhooks_business" ON "sandbox"."webhooks" USING btree ("business_id","action");
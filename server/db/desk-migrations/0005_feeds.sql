CREATE TABLE "desk"."feeds" (
	"account" text PRIMARY KEY NOT NULL,
	"token_hash" text NOT NULL,
	"reach" jsonb,
	"made_at" timestamp with time zone NOT NULL,
	"used_at" timestamp with time zone,
	CONSTRAINT "feeds_token_hash_unique" UNIQUE("token_hash")
);

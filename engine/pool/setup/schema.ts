// The mailbox: four tables, and the functions through which workers use them. The host (the role that made the schema) reads and writes the
// tables; a worker's login may only call the functions, each of which sees what that login has leased and nothing else.
//
// Times are the server's alone: no worker's clock decides anything.

export const POOL_SCHEMA = 'hindcast_pool';
/** Another number is another protocol: host and workers refuse it. */
export const POOL_VERSION = 1;
/** May execute the functions; each invitation is a login in it. */
export const WORKER_ROLE = 'hindcast_worker';
export const LEASE_MS = 30_000;

const TABLES = `
CREATE TABLE worker (
  id uuid PRIMARY KEY,
  login text NOT NULL,
  label text NOT NULL,
  version text NOT NULL,
  platform text NOT NULL,
  kernels text NOT NULL,
  cores integer NOT NULL,
  threads integer NOT NULL,
  memory_bytes bigint NOT NULL,
  seen_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE TABLE job (
  id uuid PRIMARY KEY,
  owner uuid NOT NULL,
  run bigint NOT NULL,
  state text NOT NULL CHECK (state IN ('preparing', 'queued', 'leased', 'done')),
  -- The kernels that its worker must have; null: any.
  kernels text,
  payload text NOT NULL,
  -- Hashes of the data that its worker may read.
  pieces bytea[] NOT NULL,
  created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  -- The fence: a message of another attempt is refused.
  attempt integer NOT NULL DEFAULT 0,
  worker uuid,
  lease_until timestamptz,
  last_number integer NOT NULL DEFAULT 0,
  -- Workers that were lost since the last checkpoint.
  lost integer NOT NULL DEFAULT 0,
  stops integer NOT NULL DEFAULT 0,
  unread_bytes bigint NOT NULL DEFAULT 0,
  quota bigint NOT NULL,
  -- Its newest checkpoint in the mailbox: where the next attempt begins.
  resume_attempt integer,
  resume_number integer,
  resume_pieces integer,
  resume_step bigint,
  resume_epoch bigint
);
CREATE INDEX job_waiting ON job (created_at) WHERE state IN ('queued', 'leased');
CREATE INDEX job_owner ON job (owner);
CREATE INDEX job_worker ON job (worker) WHERE worker IS NOT NULL;
CREATE TABLE message (
  job uuid NOT NULL REFERENCES job ON DELETE CASCADE,
  attempt integer NOT NULL,
  number integer NOT NULL,
  kind text NOT NULL,
  body bytea NOT NULL,
  pieces integer NOT NULL,
  bytes bigint NOT NULL,
  PRIMARY KEY (job, attempt, number)
);
-- Pieces of datasets, which jobs share (no job), and of messages.
CREATE TABLE chunk (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  sha256 bytea,
  job uuid REFERENCES job ON DELETE CASCADE,
  attempt integer,
  number integer,
  position integer,
  data bytea NOT NULL
);
ALTER TABLE chunk ALTER COLUMN data SET STORAGE EXTERNAL;
CREATE UNIQUE INDEX chunk_shared ON chunk (sha256) WHERE job IS NULL;
CREATE UNIQUE INDEX chunk_of_message ON chunk (job, attempt, number, position) WHERE job IS NOT NULL;
`;

/**
 * Each runs as the owner of the tables; `session_user` is the worker's login. All lock in one order, so that none waits for another in a
 * circle: worker, job, messages.
 */
const definer = (leaseMs: number) => `
CREATE FUNCTION pool_version() RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT ${POOL_VERSION}';
CREATE FUNCTION pool_lease_ms() RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT ${leaseMs}';

CREATE FUNCTION require_worker(p_worker uuid) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = hindcast_pool, pg_temp AS $f$
BEGIN
  UPDATE worker SET seen_at = clock_timestamp() WHERE id = p_worker AND login = session_user;
  IF NOT FOUND THEN RAISE EXCEPTION 'unknown worker' USING ERRCODE = 'HC001'; END IF;
END $f$;

CREATE FUNCTION worker_hello(p_worker uuid, p_label text, p_version text, p_platform text, p_kernels text, p_cores integer,
  p_threads integer, p_memory bigint) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = hindcast_pool, pg_temp AS $f$
BEGIN
  INSERT INTO worker AS w (id, login, label, version, platform, kernels, cores, threads, memory_bytes)
  VALUES (p_worker, session_user, left(p_label, 100), left(p_version, 50), left(p_platform, 100), left(p_kernels, 100), p_cores, p_threads, p_memory)
  ON CONFLICT (id) DO UPDATE SET label = excluded.label, threads = excluded.threads, seen_at = clock_timestamp() WHERE w.login = session_user;
  PERFORM require_worker(p_worker);
END $f$;

CREATE FUNCTION worker_bye(p_worker uuid) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = hindcast_pool, pg_temp AS $f$
BEGIN
  PERFORM require_worker(p_worker);
  UPDATE job SET state = 'queued', worker = NULL, lease_until = NULL WHERE worker = p_worker AND state = 'leased';
  DELETE FROM worker WHERE id = p_worker;
  PERFORM pg_notify('hindcast_jobs', '');
END $f$;

-- A worker that asks has none: what it has leased, as far as the server knows, it takes again.
CREATE FUNCTION worker_take(p_worker uuid) RETURNS TABLE (id uuid, attempt integer, payload text, resume_pieces integer)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = hindcast_pool, pg_temp AS $f$
DECLARE
  mine worker;
  next job;
BEGIN
  PERFORM require_worker(p_worker);
  SELECT * INTO mine FROM worker w WHERE w.id = p_worker;
  LOOP
    SELECT * INTO next FROM job j
    WHERE (j.state = 'queued' OR (j.state = 'leased' AND (j.lease_until < clock_timestamp() OR j.worker = p_worker)))
      AND (j.kernels IS NULL OR j.kernels = mine.kernels)
    ORDER BY j.created_at LIMIT 1 FOR UPDATE SKIP LOCKED;
    IF NOT FOUND THEN RETURN; END IF;
    IF next.state = 'leased' AND next.worker <> p_worker THEN next.lost := next.lost + 1; END IF;
    next.attempt := next.attempt + 1;
    -- What came after the newest checkpoint is made again.
    DELETE FROM message m WHERE m.job = next.id
      AND (m.attempt, m.number) > (coalesce(next.resume_attempt, 0), coalesce(next.resume_number, 0));
    DELETE FROM chunk c WHERE c.job = next.id
      AND (next.resume_attempt IS NULL OR (c.attempt, c.number) <> (next.resume_attempt, next.resume_number));
    INSERT INTO message (job, attempt, number, kind, body, pieces, bytes)
    VALUES (next.id, next.attempt, 0, CASE WHEN next.lost < 10 THEN 'begun' ELSE 'given-up' END, convert_to(json_build_object('step', coalesce(next.resume_step, -1),
      'epoch', coalesce(next.resume_epoch, -1), 'worker', mine.label)::text, 'UTF8'), 0, 0);
    UPDATE job j SET attempt = next.attempt, lost = next.lost, last_number = 0,
      state = CASE WHEN next.lost < 10 THEN 'leased' ELSE 'done' END,
      worker = CASE WHEN next.lost < 10 THEN p_worker END,
      lease_until = clock_timestamp() + pool_lease_ms() * interval '1 millisecond',
      unread_bytes = (SELECT coalesce(sum(m.bytes), 0) FROM message m WHERE m.job = next.id)
    WHERE j.id = next.id;
    PERFORM pg_notify('hindcast_mail', next.owner::text);
    IF next.lost < 10 THEN
      RETURN QUERY SELECT next.id, next.attempt, next.payload, next.resume_pieces;
      RETURN;
    END IF;
  END LOOP;
END $f$;

-- The job's number of stop requests; null: another has it, or it is gone.
CREATE FUNCTION worker_renew(p_worker uuid, p_job uuid, p_attempt integer) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = hindcast_pool, pg_temp AS $f$
DECLARE
  stops_now integer;
BEGIN
  PERFORM require_worker(p_worker);
  UPDATE job SET lease_until = clock_timestamp() + pool_lease_ms() * interval '1 millisecond'
  WHERE id = p_job AND attempt = p_attempt AND state = 'leased' AND worker = p_worker RETURNING stops INTO stops_now;
  RETURN stops_now;
END $f$;

CREATE FUNCTION worker_release(p_worker uuid, p_job uuid, p_attempt integer) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = hindcast_pool, pg_temp AS $f$
BEGIN
  PERFORM require_worker(p_worker);
  UPDATE job SET state = 'queued', worker = NULL, lease_until = NULL
  WHERE id = p_job AND attempt = p_attempt AND state = 'leased' AND worker = p_worker;
  PERFORM pg_notify('hindcast_jobs', '');
END $f$;

CREATE FUNCTION worker_pieces(p_worker uuid, p_job uuid, p_attempt integer, p_hashes bytea[]) RETURNS TABLE (sha256 bytea, data bytea)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = hindcast_pool, pg_temp AS $f$
BEGIN
  PERFORM require_worker(p_worker);
  RETURN QUERY SELECT c.sha256, c.data FROM chunk c WHERE c.job IS NULL AND c.sha256 = ANY (p_hashes)
    AND c.sha256 = ANY (SELECT unnest(j.pieces) FROM job j WHERE j.id = p_job AND j.attempt = p_attempt AND j.state = 'leased' AND j.worker = p_worker);
END $f$;

CREATE FUNCTION worker_resume_piece(p_worker uuid, p_job uuid, p_attempt integer, p_position integer) RETURNS bytea
LANGUAGE plpgsql SECURITY DEFINER SET search_path = hindcast_pool, pg_temp AS $f$
BEGIN
  PERFORM require_worker(p_worker);
  RETURN (SELECT c.data FROM job j JOIN chunk c ON c.job = j.id AND c.attempt = j.resume_attempt AND c.number = j.resume_number
    WHERE j.id = p_job AND j.attempt = p_attempt AND j.state = 'leased' AND j.worker = p_worker AND c.position = p_position);
END $f$;

-- 'stored', 'full' (the host has too much unread) or 'lost' (another attempt, or no such job). Of a message that comes in pieces.
CREATE FUNCTION worker_piece(p_worker uuid, p_job uuid, p_attempt integer, p_number integer, p_position integer, p_data bytea)
RETURNS text LANGUAGE plpgsql SECURITY DEFINER SET search_path = hindcast_pool, pg_temp AS $f$
DECLARE
  mine job;
BEGIN
  PERFORM require_worker(p_worker);
  SELECT * INTO mine FROM job WHERE id = p_job AND attempt = p_attempt AND state = 'leased' AND worker = p_worker FOR UPDATE;
  IF NOT FOUND THEN RETURN 'lost'; END IF;
  IF p_number <= mine.last_number THEN RETURN 'stored'; END IF;
  IF p_position = 0 AND mine.unread_bytes >= mine.quota THEN RETURN 'full'; END IF;
  INSERT INTO chunk (job, attempt, number, position, data) VALUES (p_job, p_attempt, p_number, p_position, p_data)
  ON CONFLICT (job, attempt, number, position) WHERE job IS NOT NULL DO UPDATE SET data = excluded.data;
  RETURN 'stored';
END $f$;

-- The same of a whole message; its pieces must be there. 'checkpoint' replaces the checkpoint before it; 'ended', 'failed' and 'exited'
-- end the job.
CREATE FUNCTION worker_put(p_worker uuid, p_job uuid, p_attempt integer, p_number integer, p_kind text, p_body bytea, p_pieces integer,
  p_step bigint, p_epoch bigint) RETURNS text LANGUAGE plpgsql SECURITY DEFINER SET search_path = hindcast_pool, pg_temp AS $f$
DECLARE
  mine job;
  size bigint;
  there integer;
BEGIN
  PERFORM require_worker(p_worker);
  SELECT * INTO mine FROM job WHERE id = p_job AND attempt = p_attempt AND worker = p_worker AND state IN ('leased', 'done') FOR UPDATE;
  IF NOT FOUND THEN RETURN 'lost'; END IF;
  -- Sent again since its answer was lost.
  IF p_number <= mine.last_number THEN RETURN 'stored'; END IF;
  IF mine.state = 'done' OR p_number <> mine.last_number + 1 THEN RETURN 'lost'; END IF;
  IF p_pieces = 0 AND mine.unread_bytes >= mine.quota THEN RETURN 'full'; END IF;
  SELECT count(*), coalesce(sum(length(data)), 0) + length(p_body) INTO there, size FROM chunk
  WHERE job = p_job AND attempt = p_attempt AND number = p_number AND position < p_pieces;
  IF there <> p_pieces THEN RAISE EXCEPTION 'a message without its pieces' USING ERRCODE = 'HC002'; END IF;
  IF p_kind = 'checkpoint' THEN
    DELETE FROM chunk WHERE job = p_job AND (attempt, number) <> (p_attempt, p_number);
    UPDATE message SET kind = 'superseded', body = '', pieces = 0, bytes = 0 WHERE job = p_job AND kind = 'checkpoint';
  END IF;
  INSERT INTO message (job, attempt, number, kind, body, pieces, bytes)
  VALUES (p_job, p_attempt, p_number, p_kind, p_body, p_pieces, size);
  UPDATE job SET last_number = p_number,
    unread_bytes = CASE WHEN p_kind = 'checkpoint' THEN (SELECT sum(bytes) FROM message WHERE job = p_job) ELSE unread_bytes + size END,
    state = CASE WHEN p_kind IN ('ended', 'failed', 'exited') THEN 'done' ELSE state END,
    lost = CASE WHEN p_kind = 'checkpoint' THEN 0 ELSE lost END,
    resume_attempt = CASE WHEN p_kind = 'checkpoint' THEN p_attempt ELSE resume_attempt END,
    resume_number = CASE WHEN p_kind = 'checkpoint' THEN p_number ELSE resume_number END,
    resume_pieces = CASE WHEN p_kind = 'checkpoint' THEN p_pieces ELSE resume_pieces END,
    resume_step = CASE WHEN p_kind = 'checkpoint' THEN p_step ELSE resume_step END,
    resume_epoch = CASE WHEN p_kind = 'checkpoint' THEN p_epoch ELSE resume_epoch END
  WHERE id = p_job;
  PERFORM pg_notify('hindcast_mail', mine.owner::text);
  RETURN 'stored';
END $f$;

-- Of the host: what it has stored is not needed any more; the pieces of the newest checkpoint stay for the next attempt.
CREATE FUNCTION host_remove(p_job uuid, p_attempt integer, p_number integer) RETURNS void LANGUAGE plpgsql AS $f$
DECLARE
  freed bigint;
BEGIN
  PERFORM 1 FROM job WHERE id = p_job FOR UPDATE;
  WITH gone AS (DELETE FROM message WHERE job = p_job AND (attempt, number) <= (p_attempt, p_number) RETURNING bytes)
  SELECT coalesce(sum(bytes), 0) INTO freed FROM gone;
  UPDATE job SET unread_bytes = greatest(0, unread_bytes - freed) WHERE id = p_job;
END $f$;
`;

const WORKER_FUNCTIONS = [
  'pool_version()',
  'pool_lease_ms()',
  'worker_hello(uuid, text, text, text, text, integer, integer, bigint)',
  'worker_bye(uuid)',
  'worker_take(uuid)',
  'worker_renew(uuid, uuid, integer)',
  'worker_release(uuid, uuid, integer)',
  'worker_pieces(uuid, uuid, integer, bytea[])',
  'worker_resume_piece(uuid, uuid, integer, integer)',
  'worker_piece(uuid, uuid, integer, integer, integer, bytea)',
  'worker_put(uuid, uuid, integer, integer, text, bytea, integer, bigint, bigint)',
];

/** Makes the whole mailbox; run in one transaction. */
export const schemaScript = (leaseMs: number): string => `
CREATE SCHEMA ${POOL_SCHEMA};
SET LOCAL search_path = ${POOL_SCHEMA};
${TABLES}
${definer(leaseMs)}
DO $d$ BEGIN
  IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = '${WORKER_ROLE}') THEN CREATE ROLE ${WORKER_ROLE} NOLOGIN; END IF;
END $d$;
REVOKE ALL ON SCHEMA ${POOL_SCHEMA} FROM PUBLIC;
REVOKE ALL ON ALL FUNCTIONS IN SCHEMA ${POOL_SCHEMA} FROM PUBLIC;
GRANT USAGE ON SCHEMA ${POOL_SCHEMA} TO ${WORKER_ROLE};
${WORKER_FUNCTIONS.map((one) => `GRANT EXECUTE ON FUNCTION ${one} TO ${WORKER_ROLE};`).join('\n')}
`;

export { DashboardSkeleton as default } from "@/projects/dashboard-skeleton";
